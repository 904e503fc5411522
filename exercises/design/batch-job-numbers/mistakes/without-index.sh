# fails: each-part-once
cat > job.yaml <<X
apiVersion: batch/v1
kind: Job
metadata: { name: {{job}}, namespace: {{ns}} }
spec:
  completions: {{parts}}
  parallelism: {{atOnce}}
  backoffLimit: {{retries}}
  activeDeadlineSeconds: {{seconds}}
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: work
          image: busybox:1.36
          command: [sh, /work/work.sh]
          env: [{ name: PARTS, value: "{{parts}}" }]
          volumeMounts: [{ name: script, mountPath: /work }]
      volumes: [{ name: script, configMap: { name: {{job}}-script } }]
X
kubectl apply -f job.yaml
kubectl -n {{ns}} wait --for=condition=Complete job/{{job}} --timeout=180s
