# fails: workload-fine
kubectl -n {{ns}} create role {{sa}} --verb=get --resource=configmaps --resource-name={{state}}
kubectl -n {{ns}} patch role {{sa}} --type=json -p '[{"op":"add","path":"/rules/-","value":{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]}}]'
kubectl -n {{ns}} create rolebinding {{sa}} --role={{sa}} --serviceaccount={{ns}}:{{sa}}
kubectl patch clusterrolebinding {{binding}} --type=json -p '[{"op":"remove","path":"/subjects/1"}]'
