kubectl -n {{ns}} delete deployment {{app}}
kubectl apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: { name: {{app}}, namespace: {{ns}} }
spec:
  replicas: {{replicas}}
  selector: { matchLabels: { app: {{app}} } }
  template:
    metadata: { labels: { app: {{app}} } }
    spec:
      containers:
      - name: web
        image: python:3.13-slim
        command: [sh, -c]
        args: ["echo '{{app}} is open' > /scratch/index.html && exec python3 -m http.server {{port}} --directory /scratch"]
        ports: [{ name: http, containerPort: {{port}} }]
        readinessProbe: { httpGet: { path: /, port: http }, periodSeconds: 5 }
        securityContext:
          runAsNonRoot: true
          runAsUser: {{uid}}
          allowPrivilegeEscalation: false
          capabilities: { drop: [ALL] }
          seccompProfile: { type: RuntimeDefault }
        volumeMounts: [{ name: scratch, mountPath: /scratch }]
      volumes: [{ name: scratch, emptyDir: {} }]
YAML
kubectl -n {{ns}} rollout status deployment {{app}} --timeout=120s
