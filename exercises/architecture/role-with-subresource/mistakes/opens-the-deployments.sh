# fails: nothing-more
kubectl -n {{ns}} create role {{role}} --verb=get,list,update,patch --resource=deployments.apps,deployments.apps/scale
kubectl -n {{ns}} patch role {{role}} --type=json -p '[{"op":"add","path":"/rules/-","value":{"apiGroups":[""],"resources":["pods","pods/log"],"verbs":["get","list"]}}]'
kubectl -n {{ns}} create rolebinding {{role}} --role={{role}} --serviceaccount={{ns}}:{{sa}}
