# fails: admin-kept
kubectl -n {{ns}} create role {{sa}} --verb=get,patch --resource=configmaps --resource-name={{state}}
kubectl -n {{ns}} patch role {{sa}} --type=json -p '[{"op":"add","path":"/rules/-","value":{"apiGroups":[""],"resources":["pods"],"verbs":["list"]}}]'
kubectl -n {{ns}} create rolebinding {{sa}} --role={{sa}} --serviceaccount={{ns}}:{{sa}}
kubectl delete clusterrolebinding {{binding}}
