# fails: running
kubectl -n {{ns}} delete deployment {{app}}
kubectl -n {{ns}} delete pvc {{claim}}
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: {{claim}}, namespace: {{ns}} }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: {{class}}
  resources: { requests: { storage: {{need}}Gi } }
YAML
kubectl -n {{ns}} create deployment {{app}} --image=busybox:1.36 -- sleep 86400
kubectl -n {{ns}} wait --for=condition=Available deployment/{{app}} --timeout=120s
