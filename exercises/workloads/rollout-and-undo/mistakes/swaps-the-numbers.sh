# fails: strategy
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":{{surge}}}}}}'
kubectl -n {{ns}} set image deployment {{app}} web={{image}}
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl -n {{ns}} rollout undo deployment {{app}} --to-revision={{revision}}
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl -n {{ns}} annotate deployment {{app}} --overwrite kubernetes.io/change-cause='rolled back, see CASE-{{ticket}}'
