# fails: node-answers
kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/ports/0/name","value":"http"}]'
kubectl -n {{ns}} expose deployment {{app}} --name={{app}}-public --type=NodePort --port={{port}} --target-port=http
kubectl -n {{ns}} rollout status deployment {{app}}
