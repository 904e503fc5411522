kubectl -n {{ns}} apply -f - <<X
apiVersion: apps/v1
kind: Deployment
metadata: { name: {{app}}-canary, labels: { app: {{app}} } }
spec:
  replicas: 1
  selector: { matchLabels: { app: {{app}}, track: canary } }
  template:
    metadata: { labels: { app: {{app}}, track: canary } }
    spec:
      containers:
        - name: web
          image: {{new}}
          ports: [{ name: http, containerPort: 80 }]
          readinessProbe:
            httpGet: { path: /, port: http }
            periodSeconds: 5
X
kubectl -n {{ns}} set selector service {{app}} app={{app}}
kubectl -n {{ns}} scale deployment/{{app}}-canary --replicas={{canary}}
kubectl -n {{ns}} get deployment {{app}} -o yaml | sed "s/replicas: 10$/replicas: $((10 - {{canary}}))/" | kubectl apply -f -
kubectl -n {{ns}} wait --for=condition=Available deployment/{{app}}-canary --timeout=60s
