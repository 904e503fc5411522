# fails: slice-of-service
IFS=: read -r address port < /opt/{{db}}/address
kubectl -n {{ns}} apply -f - <<X
apiVersion: v1
kind: Service
metadata: { name: {{db}} }
spec:
  ports: [{ port: 5432 }]
---
apiVersion: v1
kind: Endpoints
metadata: { name: {{db}} }
subsets: [{ addresses: [{ ip: $address }], ports: [{ port: $port }] }]
X
sleep 3
