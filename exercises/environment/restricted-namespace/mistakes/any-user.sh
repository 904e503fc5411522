# fails: as-user
kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[
  {"op":"replace","path":"/spec/template/spec/containers/0/securityContext","value":
    {"runAsNonRoot":true,"runAsUser":1000,"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"seccompProfile":{"type":"RuntimeDefault"}}},
  {"op":"replace","path":"/spec/template/spec/volumes/0","value":{"name":"scratch","emptyDir":{}}}]'
kubectl -n {{ns}} rollout status deployment {{app}} --timeout=120s
