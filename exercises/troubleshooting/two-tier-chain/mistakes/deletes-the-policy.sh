# fails: others-refused
kubectl -n {{apiNs}} patch service {{api}} -p '{"spec":{"ports":[{"port":80,"targetPort":"api"}]}}'
kubectl -n {{webNs}} set env deployment {{front}} API_URL=http://{{api}}.{{apiNs}}/
kubectl -n {{apiNs}} delete networkpolicy {{policy}}
kubectl -n {{webNs}} rollout status deployment {{front}}
