# fails: target-by-name
kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/ports/0/name","value":"http"}]'
kubectl -n {{ns}} expose deployment {{app}} --name={{app}}-public --type=NodePort --port={{port}} --target-port=80
kubectl -n {{ns}} patch service {{app}}-public -p '{"spec":{"ports":[{"port":{{port}},"nodePort":{{nodePort}}}]}}'
kubectl -n {{ns}} rollout status deployment {{app}}
