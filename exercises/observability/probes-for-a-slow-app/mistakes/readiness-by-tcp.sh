# fails: readiness
kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[
  {"op":"add","path":"/spec/template/spec/containers/0/startupProbe","value":{"httpGet":{"path":"/","port":80},"periodSeconds":5,"failureThreshold":'$(({{allow}} / 5))'}},
  {"op":"add","path":"/spec/template/spec/containers/0/readinessProbe","value":{"tcpSocket":{"port":80},"periodSeconds":{{readyEvery}}}}]'
kubectl -n {{ns}} rollout status deployment {{app}} --timeout=300s
