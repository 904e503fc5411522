# fails: app-runs
kubectl -n {{ns}} create secret generic {{app}}-db --from-literal=username={{user}} --from-literal=password={{pass}}
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"template":{"spec":{"containers":[{"name":"app","env":[
  {"name":"DB_USER","value":null,"valueFrom":{"secretKeyRef":{"name":"{{app}}-db","key":"password"}}},
  {"name":"DB_PASSWORD","value":null,"valueFrom":{"secretKeyRef":{"name":"{{app}}-db","key":"username"}}}]}]}}}}'
kubectl -n {{ns}} rollout status deployment {{app}}
