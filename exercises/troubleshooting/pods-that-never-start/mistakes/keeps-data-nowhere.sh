# fails: ledger-runs
kubectl -n {{ns}} set resources deployment {{parser}} --requests=cpu={{cpu}},memory=64Mi
kubectl -n {{ns}} patch deployment {{render}} --type=json -p '[
  {"op":"replace","path":"/spec/template/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/0/values/0","value":"{{rack}}"},
  {"op":"replace","path":"/spec/template/spec/tolerations/0/effect","value":"NoSchedule"}]'
kubectl -n {{ns}} patch deployment {{ledger}} --type=json -p '[{"op":"replace","path":"/spec/template/spec/volumes/0","value":{"name":"data","emptyDir":{}}}]'
kubectl -n {{ns}} patch deployment {{report}} -p '{"spec":{"template":{"spec":{"schedulerName":"default-scheduler"}}}}'
kubectl -n {{ns}} wait deployment --all --for=condition=Available --timeout=180s
