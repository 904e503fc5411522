# fails: rest-kept
kubectl -n {{ns}} create secret generic {{app}}-db --from-literal=username={{user}} --from-literal=password={{pass}}
kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/env","value":[
  {"name":"DB_USER","valueFrom":{"secretKeyRef":{"name":"{{app}}-db","key":"username"}}},
  {"name":"DB_PASSWORD","valueFrom":{"secretKeyRef":{"name":"{{app}}-db","key":"password"}}}]}]'
kubectl -n {{ns}} rollout status deployment {{app}}
