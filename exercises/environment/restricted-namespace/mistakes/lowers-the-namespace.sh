# fails: namespace-kept
kubectl label namespace {{ns}} pod-security.kubernetes.io/enforce=baseline --overwrite
kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[
  {"op":"replace","path":"/spec/template/spec/containers/0/securityContext","value":{"runAsUser":{{uid}}}},
  {"op":"replace","path":"/spec/template/spec/volumes/0","value":{"name":"scratch","emptyDir":{}}}]'
kubectl -n {{ns}} rollout status deployment {{app}} --timeout=120s
