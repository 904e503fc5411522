# fails: rules-kept
kubectl -n {{ns}} set resources deployment {{parser}} --requests=cpu={{cpu}},memory=64Mi
kubectl taint node {{node}} rack-
kubectl -n {{ns}} patch deployment {{render}} --type=json -p '[{"op":"replace",
  "path":"/spec/template/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/0/values/0","value":"{{rack}}"}]'
kubectl -n {{ns}} get pvc {{claim}} -o yaml | sed 's/storage: {{size}}0Gi/storage: {{size}}Gi/' | kubectl replace --force -f -
kubectl -n {{ns}} patch deployment {{report}} --type=json -p '[{"op":"remove","path":"/spec/template/spec/schedulerName"}]'
kubectl -n {{ns}} wait deployment --all --for=condition=Available --timeout=180s
