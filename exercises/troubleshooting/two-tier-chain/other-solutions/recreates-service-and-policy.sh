kubectl -n {{apiNs}} delete service {{api}}
kubectl -n {{apiNs}} expose deployment {{api}} --port=80 --target-port={{port}}
kubectl -n {{webNs}} get deployment {{front}} -o yaml | sed 's#http://{{api}}.{{webNs}}/#http://{{api}}.{{apiNs}}.svc.cluster.local:80/#' | kubectl apply -f -
kubectl apply -f - <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{policy}}
  namespace: {{apiNs}}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
  - from:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{webNs}}
      podSelector:
        matchLabels:
          app: {{front}}
EOF
kubectl -n {{webNs}} rollout status deployment {{front}}
