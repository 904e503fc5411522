# fails: least-privilege
kubectl -n {{ns}} create role {{sa}} --verb=get,list,patch --resource=configmaps,pods
kubectl -n {{ns}} create rolebinding {{sa}} --role={{sa}} --serviceaccount={{ns}}:{{sa}}
kubectl patch clusterrolebinding {{binding}} --type=json -p '[{"op":"remove","path":"/subjects/1"}]'
