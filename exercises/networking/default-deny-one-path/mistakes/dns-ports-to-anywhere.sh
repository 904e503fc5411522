# fails: only-one-port
kubectl apply -f - <<X
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: {{ns}} }
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api-ingress, namespace: {{ns}} }
spec:
  podSelector: { matchLabels: { tier: api } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { tier: front } } }]
      ports: [{ protocol: TCP, port: {{port}} }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: front-egress, namespace: {{ns}} }
spec:
  podSelector: { matchLabels: { tier: front } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { tier: api } } }]
      ports: [{ protocol: TCP, port: {{port}} }]
    - ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]
X
