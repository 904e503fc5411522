kubectl label node {{node}} {{key}}={{team}}
kubectl taint node {{node}} {{key}}={{team}}:NoSchedule
kubectl -n {{ns}} delete pods -l app={{other}} --field-selector spec.nodeName={{node}}
kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[
  {"op":"add","path":"/spec/template/spec/nodeSelector","value":{"{{key}}":"{{team}}"}},
  {"op":"add","path":"/spec/template/spec/tolerations","value":[{"key":"{{key}}","value":"{{team}}","effect":"NoSchedule"}]}]'
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl -n {{ns}} rollout status deployment {{other}}
