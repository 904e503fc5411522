kubectl -n {{ns}} get deployment {{app}} -o yaml > web.yaml
sed -i 's/- containerPort: 80/- name: http\n          containerPort: 80/' web.yaml
kubectl replace -f web.yaml
kubectl -n {{ns}} create service nodeport {{app}}-public --tcp={{port}}:http --node-port={{nodePort}} --dry-run=client -o yaml |
  kubectl set selector --local -f - app={{app}} -o yaml | kubectl -n {{ns}} apply -f -
kubectl -n {{ns}} rollout status deployment {{app}}
