# fails: all-endpoints
kubectl -n {{ns}} patch service {{app}} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80},{"op":"replace","path":"/spec/selector","value":{"one":"yes"}}]'
kubectl -n {{ns}} patch deployment {{app}} --type=json \
  -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/path","value":"/"}]'
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl -n {{ns}} label "$(kubectl -n {{ns}} get pods -l app={{app}} -o name | head -n 1)" one=yes
