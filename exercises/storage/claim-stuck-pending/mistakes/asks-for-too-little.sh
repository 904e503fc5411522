# fails: claim-size
kubectl -n {{ns}} delete pvc {{claim}}
kubectl create -f - <<'YAML'
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: {{claim}}, namespace: {{ns}} }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: {{class}}
  volumeName: {{pv}}
  resources: { requests: { storage: 1Gi } }
YAML
kubectl -n {{ns}} wait --for=condition=Available deployment/{{app}} --timeout=120s
