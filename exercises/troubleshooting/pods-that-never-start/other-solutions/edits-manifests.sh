mkdir work && cd work
for name in {{parser}} {{render}} {{report}}; do kubectl -n {{ns}} get deployment $name -o yaml > $name.yaml; done
sed -i 's/cpu: "250"/cpu: {{cpu}}/' {{parser}}.yaml
sed -i '/schedulerName: batch-scheduler/d' {{report}}.yaml
kubectl apply -f {{parser}}.yaml
kubectl replace --force -f {{report}}.yaml
kubectl -n {{ns}} delete deployment {{render}}
kubectl apply -f - <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: { name: {{render}}, namespace: {{ns}} }
spec:
  replicas: 2
  selector: { matchLabels: { app: {{render}} } }
  template:
    metadata: { labels: { app: {{render}} } }
    spec:
      nodeSelector: { rack: {{rack}} }
      tolerations: [{ key: rack, operator: Exists }]
      containers: [{ name: main, image: "nginx:1.27" }]
EOF
kubectl -n {{ns}} get pvc {{claim}} -o yaml | sed -e 's/storage: {{size}}0Gi/storage: 500Mi/' -e '/^spec:/a\  volumeName: {{volume}}' | kubectl replace --force -f -
kubectl -n {{ns}} wait deployment --all --for=condition=Available --timeout=180s
