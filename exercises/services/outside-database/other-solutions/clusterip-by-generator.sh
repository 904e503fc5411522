kubectl -n {{ns}} create service clusterip {{db}} --tcp=5432:5432
kubectl -n {{ns}} patch service {{db}} --type=json -p '[{"op":"remove","path":"/spec/selector"}]'
cat > slice.json <<X
{
  "apiVersion": "discovery.k8s.io/v1",
  "kind": "EndpointSlice",
  "metadata": { "name": "{{db}}-1", "namespace": "{{ns}}" },
  "addressType": "IPv4",
  "endpoints": [{ "addresses": ["$(cut -d: -f1 /opt/{{db}}/address)"], "conditions": { "ready": true } }],
  "ports": [{ "name": "5432-5432", "protocol": "TCP", "port": $(cut -d: -f2 /opt/{{db}}/address) }]
}
X
kubectl create -f slice.json
kubectl -n {{ns}} label endpointslice {{db}}-1 kubernetes.io/service-name={{db}}
