ssh {{node}} sudo mkdir -p {{path}}
ssh {{node}} "echo '<h1>{{app}} {{token}}</h1>' | sudo tee {{path}}/index.html" > /dev/null
