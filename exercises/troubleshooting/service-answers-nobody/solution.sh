kubectl -n {{ns}} patch service {{app}} -p '{"spec":{"selector":{"app":"{{app}}","tier":"web"},"ports":[{"port":{{port}},"targetPort":80}]}}'
kubectl -n {{ns}} patch deployment {{app}} --type=json \
  -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/path","value":"/"}]'
kubectl -n {{ns}} rollout status deployment {{app}}
