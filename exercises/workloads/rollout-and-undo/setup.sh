release() {
  kubectl apply -f - <<EOF
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{app}}
  namespace: {{ns}}
  annotations: { kubernetes.io/change-cause: "$3" }
spec:
  replicas: {{replicas}}
  selector: { matchLabels: { app: {{app}} } }
  template:
    metadata: { labels: { app: {{app}} } }
    spec:
      containers:
        - name: web
          image: $1
          env: [{ name: THEME, value: $2 }]
          ports: [{ containerPort: 80 }]
EOF
  kubectl -n {{ns}} rollout status deployment {{app}}
}
release nginx:1.25.5 plain 'first release'
release nginx:1.26.3 dark 'dark theme'
release nginx:1.27.5 light 'light theme'
