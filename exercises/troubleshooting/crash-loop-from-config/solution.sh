kubectl -n {{ns}} patch configmap {{settings}} -p '{"data":{"QUEUE_NAME":"{{queue}}","WORKERS":"{{workers}}"}}'
kubectl -n {{ns}} rollout restart deployment {{app}}
kubectl -n {{ns}} rollout status deployment {{app}}
