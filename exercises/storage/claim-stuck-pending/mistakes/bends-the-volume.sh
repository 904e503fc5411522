# fails: volumes-untouched
kubectl patch pv {{pv}} -p '{"spec":{"capacity":{"storage":"{{asked}}Gi"},"accessModes":["ReadWriteMany"],"storageClassName":"{{wrong}}"}}'
kubectl -n {{ns}} wait --for=condition=Available deployment/{{app}} --timeout=120s
