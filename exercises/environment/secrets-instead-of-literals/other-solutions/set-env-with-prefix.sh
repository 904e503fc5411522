kubectl -n {{ns}} create secret generic {{app}}-db --from-literal=username={{user}} --from-literal=password={{pass}}
kubectl -n {{ns}} set env deployment {{app}} DB_USER- DB_PASSWORD-
kubectl -n {{ns}} set env deployment {{app}} --from=secret/{{app}}-db --prefix=DB_
kubectl -n {{ns}} set env deployment {{app}} DB_USERNAME-
kubectl -n {{ns}} patch deployment {{app}} --type=json \
  -p '[{"op":"add","path":"/spec/template/spec/containers/0/env/-","value":{"name":"DB_USER","valueFrom":{"secretKeyRef":{"name":"{{app}}-db","key":"username"}}}}]'
kubectl -n {{ns}} rollout status deployment {{app}}
