kubectl create -f - <<'YAML'
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: {{class}} }
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: {{pv}}
spec:
  capacity:
    storage: {{size}}Gi
  accessModes: [ReadWriteOnce]
  storageClassName: {{class}}
  persistentVolumeReclaimPolicy: Retain
  hostPath:
    path: {{path}}
  nodeAffinity:
    required:
      nodeSelectorTerms:
      - matchExpressions:
        - key: kubernetes.io/hostname
          operator: In
          values: [{{node}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{claim}}
  namespace: {{ns}}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: {{class}}
  resources:
    requests:
      storage: 1Gi
  volumeName: {{pv}}
YAML
kubectl -n {{ns}} run {{app}} --image=nginx:1.27 --overrides='{"spec":{
  "containers":[{"name":"{{app}}","image":"nginx:1.27","volumeMounts":[{"name":"page","mountPath":"/usr/share/nginx/html","readOnly":true}]}],
  "volumes":[{"name":"page","persistentVolumeClaim":{"claimName":"{{claim}}"}}]}}'
kubectl -n {{ns}} wait --for=condition=Ready pod/{{app}} --timeout=60s
