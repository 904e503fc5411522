# fails: tolerates
kubectl label node {{node}} {{key}}={{team}}
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"template":{"spec":{"nodeSelector":{"{{key}}":"{{team}}"}}}}}'
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl taint node {{node}} {{key}}={{team}}:NoSchedule
kubectl -n {{ns}} rollout restart deployment {{other}}
kubectl -n {{ns}} rollout status deployment {{other}}
