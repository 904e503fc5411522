kubectl delete clusterrolebinding {{binding}}
kubectl create clusterrolebinding {{binding}} --clusterrole=cluster-admin --user={{admin}}
kubectl apply -f - <<'YAML'
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: pods, namespace: {{ns}} }
rules:
  - { apiGroups: [""], resources: [pods], verbs: [list] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: state, namespace: {{ns}} }
rules:
  - { apiGroups: [""], resources: [configmaps], resourceNames: [{{state}}], verbs: [get, patch] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: pods, namespace: {{ns}} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: pods }
subjects: [{ kind: ServiceAccount, name: {{sa}}, namespace: {{ns}} }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: state, namespace: {{ns}} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: state }
subjects: [{ kind: ServiceAccount, name: {{sa}}, namespace: {{ns}} }]
YAML
kubectl -n {{ns}} wait --for=condition=Available deployment/{{app}} --timeout=60s
