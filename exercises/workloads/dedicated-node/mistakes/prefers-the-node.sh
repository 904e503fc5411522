# fails: bound
kubectl label node {{node}} {{key}}={{team}}
kubectl taint node {{node}} {{key}}={{team}}:NoSchedule
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"template":{"spec":{
  "tolerations":[{"key":"{{key}}","operator":"Equal","value":"{{team}}","effect":"NoSchedule"}],
  "affinity":{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[
    {"weight":100,"preference":{"matchExpressions":[{"key":"{{key}}","operator":"In","values":["{{team}}"]}]}}]}}}}}}'
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl -n {{ns}} rollout restart deployment {{other}}
kubectl -n {{ns}} rollout status deployment {{other}}
