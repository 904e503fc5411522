# fails: others-gone
kubectl label node {{node}} {{key}}={{team}}
kubectl taint node {{node}} {{key}}={{team}}:NoSchedule
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"template":{"spec":{"nodeSelector":{"{{key}}":"{{team}}"},
  "tolerations":[{"key":"{{key}}","operator":"Exists"}]}}}}'
kubectl -n {{ns}} rollout status deployment {{app}}
