# fails: volume-kept
kubectl get pv {{pv}} -o yaml | sed '/^  claimRef:/,/^    uid:/d; /^  uid:/d; /resourceVersion:/d' > pv.yaml
kubectl delete pv {{pv}}
kubectl create -f pv.yaml
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
kubectl -n {{ns}} scale deployment {{app}} --replicas=1
kubectl -n {{ns}} rollout status deployment {{app}} --timeout=120s
