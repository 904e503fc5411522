kubectl -n {{ns}} delete pvc {{claim}}
cat > claim.yaml <<'YAML'
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{claim}}
  namespace: {{ns}}
spec:
  accessModes:
  - ReadWriteOnce
  storageClassName: {{class}}
  volumeName: {{pv}}
  resources:
    requests:
      storage: {{need}}Gi
YAML
kubectl apply -f claim.yaml
kubectl -n {{ns}} wait --for=condition=Available deployment/{{app}} --timeout=120s
