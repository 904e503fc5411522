kubectl patch pv {{pv}} --type=merge -p '{"spec":{"claimRef":{"uid":null,"resourceVersion":null}}}'
kubectl create -f - <<'YAML'
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
YAML
kubectl -n {{ns}} wait --for=jsonpath='{.status.phase}'=Bound pvc/{{claim}} --timeout=60s
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"replicas":1}}'
kubectl -n {{ns}} wait --for=condition=Available deployment/{{app}} --timeout=120s
