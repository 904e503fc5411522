cat > restricted.yaml <<'YAML'
spec:
  template:
    spec:
      securityContext:
        runAsNonRoot: true
        runAsUser: {{uid}}
        seccompProfile:
          type: RuntimeDefault
      containers:
      - name: web
        securityContext:
          allowPrivilegeEscalation: false
          capabilities:
            add: null
            drop: ["ALL"]
      volumes:
      - name: scratch
        hostPath: null
        emptyDir: {}
YAML
kubectl -n {{ns}} patch deployment {{app}} --patch-file restricted.yaml
kubectl -n {{ns}} rollout status deployment {{app}} --timeout=120s
