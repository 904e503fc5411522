import { defineImage, type ImageDefinition } from '../define-image.ts';
import { DEFAULT_CONF, INDEX_HTML, NGINX_CONF, PAGE_50X } from './files.ts';
import { runNginx } from './server.ts';

const VERSION = '1.29.1';

const nginx = (definition: Partial<ImageDefinition> & Pick<ImageDefinition, 'names'>): ImageDefinition =>
  defineImage({
    base: 'debian',
    programs: ['curl'],
    entrypoint: ['/docker-entrypoint.sh'],
    cmd: ['nginx', '-g', 'daemon off;'],
    env: { NGINX_VERSION: VERSION, PKG_RELEASE: '1~bookworm', NJS_VERSION: '0.9.1' },
    ports: [80],
    stopSignal: 'SIGQUIT',
    size: 72_324_501,
    usage: { cpuMillicores: 1, memoryBytes: 6 * 2 ** 20 },
    files: {
      '/etc/nginx/nginx.conf': NGINX_CONF,
      '/etc/nginx/conf.d/default.conf': DEFAULT_CONF,
      '/etc/nginx/mime.types':
        'types {\n    text/html html htm shtml;\n    text/css css;\n    application/javascript js;\n    application/json json;\n    text/plain txt;\n}\n',
      '/usr/share/nginx/html/index.html': INDEX_HTML,
      '/usr/share/nginx/html/50x.html': PAGE_50X,
    },
    executables: {
      '/usr/sbin/nginx': (process) => runNginx(process, VERSION),
      '/docker-entrypoint.sh': async (process) => {
        const [, ...argv] = process.argv;
        const server = argv[0] === 'nginx' || argv[0] === 'nginx-debug';
        if (server) await process.print(ENTRYPOINT_LINES);
        if (server) return runNginx(process, VERSION, argv);
        const child = process.spawn({ argv });
        process.on('SIGTERM', () => process.machine.processes.kill(child.pid, 'SIGTERM'));
        return (await child.exited).code;
      },
    },
    ...definition,
  });

const ENTRYPOINT_LINES = `/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration
/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/
/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh
10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf
10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf
/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh
/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh
/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh
/docker-entrypoint.sh: Configuration complete; ready for start up
`;

export const nginxImages: readonly ImageDefinition[] = [
  nginx({ names: ['nginx', 'registry.k8s.io/nginx', 'public.ecr.aws/nginx/nginx', 'docker.io/nginx'] }),
  nginx({ names: ['nginxinc/nginx-unprivileged', 'bitnami/nginx'], user: '101', ports: [8080], files: unprivileged() }),
];

function unprivileged(): Readonly<Record<string, string>> {
  return {
    '/etc/nginx/nginx.conf': NGINX_CONF,
    '/etc/nginx/conf.d/default.conf': DEFAULT_CONF.replace(/80;/, '8080;'),
    '/etc/nginx/mime.types': 'types {\n    text/html html htm shtml;\n}\n',
    '/usr/share/nginx/html/index.html': INDEX_HTML,
    '/usr/share/nginx/html/50x.html': PAGE_50X,
  };
}
