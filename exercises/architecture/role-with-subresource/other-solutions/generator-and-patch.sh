kubectl -n {{ns}} create role {{role}} --verb=get,list --resource=deployments.apps,pods
kubectl -n {{ns}} patch role {{role}} --type=json -p '[
  {"op":"add","path":"/rules/-","value":{"apiGroups":["apps"],"resources":["deployments/scale"],"verbs":["get","update","patch"]}},
  {"op":"add","path":"/rules/-","value":{"apiGroups":[""],"resources":["pods/log"],"verbs":["get"]}}]'
kubectl -n {{ns}} create rolebinding {{role}} --role={{role}} --user=system:serviceaccount:{{ns}}:{{sa}}
