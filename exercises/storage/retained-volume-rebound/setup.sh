ssh {{node}} sudo mkdir -p /srv/{{ns}}-1
ssh {{node}} "echo '<p>{{app}}, page {{token}}</p>' | sudo tee /srv/{{ns}}-1/index.html" > /dev/null
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"replicas":1}}'
kubectl -n {{ns}} wait --for=jsonpath='{.status.availableReplicas}'=1 deployment/{{app}} --timeout=120s
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"replicas":0}}'
kubectl -n {{ns}} wait --for=delete pod -l app={{app}} --timeout=120s
kubectl -n {{ns}} delete pvc {{claim}}
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: PersistentVolume
metadata: { name: {{spare}} }
spec:
  capacity: { storage: {{size}}Gi }
  accessModes: [ReadWriteOnce]
  storageClassName: {{class}}
  persistentVolumeReclaimPolicy: Retain
  hostPath: { path: /srv/{{ns}}-2, type: DirectoryOrCreate }
YAML
