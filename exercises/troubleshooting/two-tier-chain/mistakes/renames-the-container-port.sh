# fails: back-end-kept
kubectl -n {{apiNs}} patch deployment {{api}} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/ports/0/name","value":"http"}]'
kubectl -n {{apiNs}} rollout status deployment {{api}}
kubectl -n {{webNs}} set env deployment {{front}} API_URL=http://{{api}}.{{apiNs}}/
kubectl -n {{apiNs}} patch networkpolicy {{policy}} --type=json \
  -p '[{"op":"replace","path":"/spec/ingress/0/from/0/podSelector/matchLabels/tier","value":"frontend"}]'
kubectl -n {{webNs}} rollout status deployment {{front}}
