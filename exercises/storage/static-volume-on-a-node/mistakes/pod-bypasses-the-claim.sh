# fails: data-served
kubectl apply -f - <<'YAML'
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
---
apiVersion: v1
kind: Pod
metadata:
  name: {{app}}
  namespace: {{ns}}
spec:
  nodeName: {{node}}
  containers:
  - name: web
    image: nginx:1.27
    volumeMounts:
    - name: files
      mountPath: /usr/share/nginx/html
  volumes:
  - name: files
    hostPath:
      path: {{path}}
YAML
kubectl -n {{ns}} wait --for=condition=Ready pod/{{app}} --timeout=60s
