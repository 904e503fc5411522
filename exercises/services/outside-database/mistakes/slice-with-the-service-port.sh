# fails: connects
IFS=: read -r address port < /opt/{{db}}/address
kubectl -n {{ns}} apply -f - <<X
apiVersion: v1
kind: Service
metadata: { name: {{db}} }
spec:
  ports: [{ port: 5432 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: {{db}}-1, labels: { kubernetes.io/service-name: {{db}} } }
addressType: IPv4
endpoints: [{ addresses: [$address] }]
ports: [{ port: 5432 }]
X
