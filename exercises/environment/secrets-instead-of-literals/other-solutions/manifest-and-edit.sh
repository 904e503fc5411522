kubectl apply -f - <<X
apiVersion: v1
kind: Secret
metadata: { name: {{app}}-db, namespace: {{ns}} }
type: Opaque
data:
  username: $(echo -n {{user}} | base64)
  password: $(echo -n {{pass}} | base64)
X
kubectl -n {{ns}} get deployment {{app}} -o yaml > app.yaml
sed -i -e 's/^\( *\)value: {{user}}$/\1valueFrom:\n\1  secretKeyRef: { name: {{app}}-db, key: username }/' \
  -e 's/^\( *\)value: {{pass}}$/\1valueFrom:\n\1  secretKeyRef: { name: {{app}}-db, key: password }/' app.yaml
kubectl replace -f app.yaml
kubectl -n {{ns}} rollout status deployment {{app}}
