kubectl -n {{ns}} get configmap {{settings}} -o yaml | sed -e 's/QUEUE: default/QUEUE: {{queue}}/' -e 's/WORKERS: many/WORKERS: "{{workers}}"/' | kubectl apply -f -
kubectl -n {{ns}} patch deployment {{app}} -p '{"spec":{"template":{"spec":{"containers":[{"name":"worker","env":[
  {"name":"QUEUE_NAME","valueFrom":{"configMapKeyRef":{"name":"{{settings}}","key":"QUEUE"}}}]}]}}}}'
kubectl -n {{ns}} rollout status deployment {{app}}
