# fails: cluster-rights-gone
kubectl create clusterrole {{sa}} --verb=list --resource=pods
kubectl patch clusterrole {{sa}} --type=json \
  -p '[{"op":"add","path":"/rules/-","value":{"apiGroups":[""],"resources":["configmaps"],"resourceNames":["{{state}}"],"verbs":["get","patch"]}}]'
kubectl create clusterrolebinding {{sa}} --clusterrole={{sa}} --serviceaccount={{ns}}:{{sa}}
kubectl patch clusterrolebinding {{binding}} --type=json -p '[{"op":"remove","path":"/subjects/1"}]'
