kubectl -n {{ns}} get deployment {{app}} -o yaml > app.yaml
cat > probes.txt <<X
        startupProbe:
          httpGet: { path: /, port: web }
          initialDelaySeconds: 10
          periodSeconds: 5
          failureThreshold: $((({{allow}} - 10) / 5))
        readinessProbe:
          httpGet: { path: /, port: web, scheme: HTTP }
          periodSeconds: {{readyEvery}}
          successThreshold: 1
X
sed -i -e 's/- containerPort: 80/- name: web\n          containerPort: 80/' -e '/^        livenessProbe:/{
r probes.txt
N
}' app.yaml
kubectl apply -f app.yaml
kubectl -n {{ns}} rollout status deployment {{app}} --timeout=300s
