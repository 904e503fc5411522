kubectl drain {{node}} --ignore-daemonsets --delete-emptydir-data
kubectl taint node {{node}} {{key}}={{team}}:NoSchedule
kubectl label node {{node}} {{key}}={{team}}
kubectl uncordon {{node}}
kubectl -n {{ns}} get deployment {{app}} -o json |
  jq '.spec.template.spec += {nodeSelector: {"{{key}}": "{{team}}"}, tolerations: [{key: "{{key}}", operator: "Exists", effect: "NoSchedule"}]}' |
  kubectl replace -f -
kubectl -n {{ns}} rollout status deployment {{app}}
