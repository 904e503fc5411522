kubectl label node {{node}} {{key}}={{team}}
kubectl taint node {{node}} {{key}}={{team}}:NoSchedule
cat > patch.yaml <<EOF
spec:
  template:
    spec:
      tolerations:
      - key: {{key}}
        operator: Equal
        value: {{team}}
        effect: NoSchedule
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
            - matchExpressions:
              - key: {{key}}
                operator: In
                values: [{{team}}]
EOF
kubectl -n {{ns}} patch deployment {{app}} --patch-file patch.yaml
kubectl -n {{ns}} rollout status deployment {{app}}
kubectl -n {{ns}} rollout restart deployment {{other}}
kubectl -n {{ns}} rollout status deployment {{other}}
