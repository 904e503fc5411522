kubectl -n {{ns}} get deployment {{app}} -o yaml > canary.yaml
sed -i -e '/^  uid:/d' -e '/resourceVersion:/d' -e '/last-applied-configuration/,+1d' -e '/^status:/,$d' canary.yaml
sed -i -e 's/^  name: {{app}}$/  name: {{app}}-canary/' -e 's/track: stable/track: canary/' -e 's#image: {{old}}#image: {{new}}#' \
  -e 's/replicas: 10/replicas: {{canary}}/' canary.yaml
kubectl apply -f canary.yaml
kubectl -n {{ns}} patch service {{app}} --type=json -p '[{"op":"remove","path":"/spec/selector/track"}]'
kubectl -n {{ns}} scale deployment {{app}} --replicas=$((10 - {{canary}}))
kubectl -n {{ns}} rollout status deployment {{app}}-canary
