cat > policies.yaml <<X
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny }
spec: { podSelector: {}, ingress: [], egress: [], policyTypes: [Egress, Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: from-front }
spec:
  podSelector: { matchExpressions: [{ key: tier, operator: In, values: [api] }] }
  ingress:
    - ports: [{ port: {{port}} }]
      from:
        - podSelector: { matchExpressions: [{ key: tier, operator: In, values: [front] }] }
          namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ns}} } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: to-api }
spec:
  podSelector: { matchLabels: { tier: front } }
  policyTypes: [Egress]
  egress:
    - ports: [{ port: {{port}}, endPort: {{port}} }]
      to: [{ podSelector: { matchLabels: { tier: api } } }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: to-dns }
spec:
  podSelector: { matchLabels: { tier: front } }
  policyTypes: [Egress]
  egress:
    - ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
      to:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }
          podSelector: { matchLabels: { k8s-app: kube-dns } }
X
kubectl create -n {{ns}} -f policies.yaml
