kubectl -n {{ns}} create job {{job}} --image=busybox:1.36 --dry-run=client -o yaml -- sh /work/work.sh > frame.yaml
kubectl patch --local -f frame.yaml --type=json -o yaml -p '[
  {"op":"add","path":"/spec/suspend","value":true},
  {"op":"add","path":"/spec/completionMode","value":"Indexed"},
  {"op":"add","path":"/spec/completions","value":{{parts}}},
  {"op":"add","path":"/spec/template/spec/volumes","value":[{"name":"script","projected":{"sources":[{"configMap":{"name":"{{job}}-script"}}]}}]},
  {"op":"add","path":"/spec/template/spec/containers/0/volumeMounts","value":[{"name":"script","mountPath":"/work"}]},
  {"op":"add","path":"/spec/template/spec/containers/0/env","value":[{"name":"PARTS","value":"{{parts}}"}]}]' | kubectl create -f -
kubectl -n {{ns}} patch job {{job}} -p '{"spec":{"parallelism":{{atOnce}},"backoffLimit":{{retries}},"activeDeadlineSeconds":{{seconds}},"suspend":false}}'
kubectl -n {{ns}} wait --for=condition=Complete job/{{job}} --timeout=180s
