mkdir -p /opt/{{db}}
echo "$(hostname -I | cut -d' ' -f1):{{dbPort}}" > /opt/{{db}}/address
chmod 644 /opt/{{db}}/address
nc -lk -p {{dbPort}} </dev/null >/dev/null 2>&1 &
