# fails: undone
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":{{surge}},"maxUnavailable":0}}}}'
kubectl -n {{ns}} set image deployment {{app}} web={{image}}
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl -n {{ns}} rollout undo deployment {{app}}
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl -n {{ns}} annotate deployment {{app}} --overwrite kubernetes.io/change-cause='rolled back, see CASE-{{ticket}}'
