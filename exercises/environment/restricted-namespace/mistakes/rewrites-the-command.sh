# fails: application-kept
kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[
  {"op":"replace","path":"/spec/template/spec/containers/0/securityContext","value":
    {"runAsNonRoot":true,"runAsUser":{{uid}},"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"seccompProfile":{"type":"RuntimeDefault"}}},
  {"op":"replace","path":"/spec/template/spec/containers/0/args/0","value":"mkdir -p /tmp/page && echo {{app}} is open > /tmp/page/index.html && exec python3 -m http.server {{port}} --directory /tmp/page"},
  {"op":"remove","path":"/spec/template/spec/containers/0/volumeMounts"},
  {"op":"remove","path":"/spec/template/spec/volumes"}]'
kubectl -n {{ns}} rollout status deployment {{app}} --timeout=120s
