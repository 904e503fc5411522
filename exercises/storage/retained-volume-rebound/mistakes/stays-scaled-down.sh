# fails: workload-restored
kubectl patch pv {{pv}} --type=json -p '[{"op":"remove","path":"/spec/claimRef"}]'
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
  resources:
    requests:
      storage: {{size}}Gi
  volumeName: {{pv}}
YAML
kubectl apply -f claim.yaml
