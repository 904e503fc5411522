# fails: only-its-pods
kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/ports/0/name","value":"http"}]'
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl apply -f - <<X
apiVersion: v1
kind: Service
metadata: { name: {{app}}-public, namespace: {{ns}} }
spec:
  type: NodePort
  selector: { team: {{team}} }
  ports: [{ port: {{port}}, targetPort: http, nodePort: {{nodePort}} }]
X
