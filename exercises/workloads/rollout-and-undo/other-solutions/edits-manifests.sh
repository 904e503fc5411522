kubectl -n {{ns}} rollout history deployment {{app}} --revision={{revision}} > revision.txt
image=$(sed -n 's/.*Image:[[:space:]]*//p' revision.txt)
theme=$(sed -n 's/.*THEME:[[:space:]]*//p' revision.txt)
kubectl -n {{ns}} get deployment {{app}} -o yaml > now.yaml
sed -i -e 's/maxSurge: 25%/maxSurge: {{surge}}/' -e 's/maxUnavailable: 25%/maxUnavailable: 0/' -e 's/image: nginx:1.27.5/image: {{image}}/' now.yaml
kubectl apply -f now.yaml
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl -n {{ns}} get deployment {{app}} -o yaml > now.yaml
sed -i -e "s/image: nginx:.*/image: $image/" -e "s/value: light/value: $theme/" \
  -e 's/kubernetes.io\/change-cause: .*/kubernetes.io\/change-cause: rolled back, see CASE-{{ticket}}/' now.yaml
kubectl apply -f now.yaml
kubectl -n {{ns}} rollout status deployment {{app}}
