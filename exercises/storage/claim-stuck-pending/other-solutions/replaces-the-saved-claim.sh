kubectl -n {{ns}} get pvc {{claim}} -o yaml > claim.yaml
sed -i -e 's/ReadWriteMany/ReadWriteOnce/' -e 's/{{wrong}}/{{class}}/' -e 's/storage: {{asked}}Gi/storage: {{size}}Gi/' claim.yaml
kubectl replace --force -f claim.yaml
kubectl -n {{ns}} wait --for=condition=Available deployment/{{app}} --timeout=120s
