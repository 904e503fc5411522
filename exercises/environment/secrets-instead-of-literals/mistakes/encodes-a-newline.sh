# fails: secret
kubectl apply -f - <<X
apiVersion: v1
kind: Secret
metadata: { name: {{app}}-db, namespace: {{ns}} }
data:
  username: $(echo {{user}} | base64)
  password: $(echo {{pass}} | base64)
X
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"template":{"spec":{"containers":[{"name":"app","env":[
  {"name":"DB_USER","value":null,"valueFrom":{"secretKeyRef":{"name":"{{app}}-db","key":"username"}}},
  {"name":"DB_PASSWORD","value":null,"valueFrom":{"secretKeyRef":{"name":"{{app}}-db","key":"password"}}}]}]}}}}'
kubectl -n {{ns}} rollout status deployment {{app}}
