# fails: scales
kubectl create -f - <<'YAML'
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: {{role}}, namespace: {{ns}} }
rules:
  - { apiGroups: [apps], resources: [deployments], verbs: [get, list] }
  - { apiGroups: [""], resources: [pods, pods/log], verbs: [get, list] }
  - { apiGroups: [""], resources: [deployments/scale], verbs: [get, update, patch] }
YAML
kubectl -n {{ns}} create rolebinding {{role}} --role={{role}} --serviceaccount={{ns}}:{{sa}}
