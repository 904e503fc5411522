# fails: canary-release
kubectl -n {{ns}} apply -f - <<X
apiVersion: apps/v1
kind: Deployment
metadata: { name: {{app}}-canary, labels: { app: {{app}} } }
spec:
  replicas: {{canary}}
  selector: { matchLabels: { app: {{app}}, track: canary } }
  template:
    metadata: { labels: { app: {{app}}, track: canary } }
    spec:
      containers:
        - name: web
          image: {{old}}
          ports: [{ name: http, containerPort: 80 }]
          readinessProbe:
            httpGet: { path: /, port: http }
            periodSeconds: 5
X
kubectl -n {{ns}} patch service {{app}} -p '{"spec":{"selector":{"track":null}}}'
kubectl -n {{ns}} scale deployment {{app}} --replicas=$((10 - {{canary}}))
kubectl -n {{ns}} rollout status deployment {{app}}-canary
