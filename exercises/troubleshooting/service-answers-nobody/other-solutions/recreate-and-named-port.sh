kubectl -n {{ns}} delete service {{app}}
kubectl -n {{ns}} expose deployment {{app}} --port={{port}} --target-port=http
kubectl -n {{ns}} get deployment {{app}} -o yaml | sed 's#path: /ready#path: /index.html#' | kubectl apply -f -
kubectl -n {{ns}} rollout status deployment {{app}}
