kubectl -n {{apiNs}} patch service {{api}} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":{{port}}}]'
kubectl -n {{webNs}} create service externalname {{api}} --external-name {{api}}.{{apiNs}}.svc.cluster.local
kubectl -n {{webNs}} patch deployment {{front}} -p '{"spec":{"template":{"metadata":{"labels":{"tier":"front"}}}}}'
kubectl -n {{webNs}} rollout status deployment {{front}}
sleep 30
