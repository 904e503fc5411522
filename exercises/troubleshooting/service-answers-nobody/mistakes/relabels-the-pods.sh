# fails: deployment-kept
kubectl -n {{ns}} patch service {{app}} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]'
kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[
  {"op":"replace","path":"/spec/template/metadata/labels/tier","value":"backend"},
  {"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/path","value":"/"}]'
kubectl -n {{ns}} rollout status deployment {{app}}
