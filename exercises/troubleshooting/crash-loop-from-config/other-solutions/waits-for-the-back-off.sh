kubectl -n {{ns}} delete configmap {{settings}}
kubectl -n {{ns}} create configmap {{settings}} --from-literal=LOG_LEVEL=info --from-literal=QUEUE_NAME={{queue}} --from-literal=WORKERS={{workers}}
kubectl -n {{ns}} wait deployment {{app}} --for=condition=Available --timeout=600s
sleep 330
