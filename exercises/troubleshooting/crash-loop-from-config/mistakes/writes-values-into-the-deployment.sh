# fails: from-config-map
kubectl -n {{ns}} set env deployment {{app}} QUEUE_NAME={{queue}} WORKERS={{workers}}
kubectl -n {{ns}} rollout status deployment {{app}}
