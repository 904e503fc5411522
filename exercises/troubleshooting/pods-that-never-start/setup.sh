kubectl label node {{node}} rack={{rack}}
kubectl taint node {{node}} rack={{rack}}:NoSchedule
