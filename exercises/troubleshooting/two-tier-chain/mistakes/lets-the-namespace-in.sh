# fails: others-refused
kubectl -n {{apiNs}} patch service {{api}} -p '{"spec":{"ports":[{"port":80,"targetPort":"api"}]}}'
kubectl -n {{webNs}} set env deployment {{front}} API_URL=http://{{api}}.{{apiNs}}/
kubectl -n {{apiNs}} patch networkpolicy {{policy}} --type=json -p '[{"op":"remove","path":"/spec/ingress/0/from/0/podSelector"}]'
kubectl -n {{webNs}} rollout status deployment {{front}}
