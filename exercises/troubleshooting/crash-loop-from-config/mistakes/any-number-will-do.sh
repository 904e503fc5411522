# fails: workers
kubectl -n {{ns}} patch configmap {{settings}} -p '{"data":{"QUEUE_NAME":"{{queue}}","WORKERS":"1"}}'
kubectl -n {{ns}} delete pods -l app={{app}}
kubectl -n {{ns}} rollout status deployment {{app}}
