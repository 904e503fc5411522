import { posix } from 'node:path';
import type { HttpRequest, HttpResponse, Process } from '../../machine/index.ts';
import { defineImage } from './define-image.ts';
import { option, requestTarget, serveHttp, text } from './running.ts';

/** A static file of a folder, its index.html for a directory. */
export function staticFile(process: Process, root: string, path: string): HttpResponse | undefined {
  const { files } = process.machine;
  const full = posix.join(root, decodeURIComponent(path));
  if (!files.exists(full)) return undefined;
  const target = files.stat(full).type === 'directory' ? `${full}/index.html` : full;
  if (!files.exists(target)) return undefined;
  const type = target.endsWith('.html') ? 'text/html' : target.endsWith('.json') ? 'application/json' : 'text/plain';
  return { status: 200, headers: { 'content-type': type }, body: files.readText(target) };
}

const stamp = (process: Process) => {
  const time = new Date(process.clock.now());
  return `${String(time.getUTCDate()).padStart(2, '0')}/${time.toUTCString().slice(8, 11)}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)} +0000`;
};

async function logged(process: Process, request: HttpRequest, response: HttpResponse): Promise<HttpResponse> {
  const size = String(response.body ?? '').length;
  await process.print(
    `${request.remoteAddress ?? '127.0.0.1'} - - [${stamp(process)}] "${request.method} ${requestTarget(request)} HTTP/1.1" ${response.status} ${size}\n`,
  );
  return response;
}

async function httpd(process: Process): Promise<number> {
  const { files } = process.machine;
  const config = files.exists('/usr/local/apache2/conf/httpd.conf') ? files.readText('/usr/local/apache2/conf/httpd.conf') : '';
  const port = Number(/^Listen\s+(?:\S+:)?(\d+)/m.exec(config)?.[1] ?? 80);
  const root = /^DocumentRoot\s+"?([^"\n]+)"?/m.exec(config)?.[1] ?? '/usr/local/apache2/htdocs';
  const name = process.machine.network.addresses[0] ?? '127.0.0.1';
  const warning = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${name}. Set the 'ServerName' directive globally to suppress this message\n`;
  await process.error(warning + warning);
  await process.error(
    `[${new Date(process.clock.now()).toUTCString().slice(0, 25)}] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.65 (Unix) configured -- resuming normal operations\n`,
  );
  return serveHttp(process, port, 'httpd', async (request) => {
    const found = staticFile(process, root, request.path);
    const missing =
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n';
    return logged(process, request, found ?? { status: 404, headers: { 'content-type': 'text/html; charset=iso-8859-1' }, body: missing });
  });
}

async function caddy(process: Process): Promise<number> {
  return serveHttp(process, 80, 'caddy', (request) => staticFile(process, '/usr/share/caddy', request.path) ?? text(404, ''));
}

async function python(process: Process): Promise<number> {
  const at = process.argv.indexOf('http.server');
  if (process.argv.includes('--version')) {
    await process.print('Python 3.13.7\n');
    return 0;
  }
  if (at < 0) {
    if (process.argv.length === 1) return 0;
    await process.error('kubeproctor does not simulate the Python language, only `python -m http.server`\n');
    return 1;
  }
  const port = Number(process.argv.slice(at + 1).find((word) => /^\d+$/.test(word)) ?? 8000);
  const root = option(process.argv, '--directory', '-d') ?? process.cwd;
  await process.print(`Serving HTTP on 0.0.0.0 port ${port} (http://0.0.0.0:${port}/) ...\n`);
  return serveHttp(process, port, 'python', (request) => staticFile(process, root, request.path) ?? listing(process, root, request.path));
}

function listing(process: Process, root: string, path: string): HttpResponse {
  const { files } = process.machine;
  const full = posix.join(root, path);
  if (!files.exists(full)) return text(404, 'File not found\n');
  const rows = files.list(full).map((name) => `<li><a href="${name}">${name}</a></li>\n`);
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE HTML>\n<title>Directory listing for ${path}</title>\n<h1>Directory listing for ${path}</h1>\n<hr>\n<ul>\n${rows.join('')}</ul>\n<hr>\n`,
  };
}

async function node(process: Process): Promise<number> {
  if (process.argv.includes('--version') || process.argv.includes('-v')) {
    await process.print('v22.20.0\n');
    return 0;
  }
  if (process.argv.length === 1) return 0;
  await process.error('kubeproctor does not simulate the JavaScript language\n');
  return 1;
}

export const webImages = [
  defineImage({
    names: ['httpd', 'public.ecr.aws/docker/library/httpd'],
    base: 'debian',
    cmd: ['httpd-foreground'],
    files: {
      '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n',
      '/usr/local/apache2/conf/httpd.conf': 'ServerRoot "/usr/local/apache2"\nListen 80\nDocumentRoot "/usr/local/apache2/htdocs"\n',
    },
    executables: { '/usr/local/bin/httpd-foreground': httpd },
    ports: [80],
    size: 45_100_000,
    workingDir: '/usr/local/apache2',
    usage: { cpuMillicores: 1, memoryBytes: 8 * 2 ** 20 },
  }),
  defineImage({
    names: ['caddy'],
    base: 'alpine',
    cmd: ['caddy', 'run'],
    executables: { '/usr/bin/caddy': caddy },
    files: { '/usr/share/caddy/index.html': '<!DOCTYPE html>\n<title>Caddy works!</title>\n' },
    size: 19_000_000,
  }),
  defineImage({
    names: ['python'],
    base: 'debian',
    programs: ['curl'],
    cmd: ['python3'],
    executables: { '/usr/local/bin/python3': python, '/usr/local/bin/python': python },
    size: 380_000_000,
  }),
  defineImage({
    names: ['node', 'golang', 'ruby'],
    base: 'debian',
    programs: ['curl'],
    cmd: ['node'],
    executables: { '/usr/local/bin/node': node, '/usr/local/bin/go': node, '/usr/local/bin/irb': node },
    size: 390_000_000,
  }),
  defineImage({
    names: [
      'tomcat',
      'jenkins/jenkins',
      'wordpress',
      'drupal',
      'ghost',
      'grafana/grafana',
      'prom/prometheus',
      'joomla',
      'nextcloud',
      'jetty',
      'phpmyadmin',
      'adminer',
      'sonarqube',
      'nexus3',
      'kodekloud/webapp-color',
      'kodekloud/event-simulator',
      'kodekloud/ecommerce',
    ],
    base: 'debian',
    programs: ['curl'],
    entrypoint: ['/usr/local/bin/app'],
    executables: { '/usr/local/bin/app': appServer },
    size: 250_000_000,
  }),
];

/** Big applications answer on their port, and no more. */
function appServer(process: Process): Promise<number> {
  return serveHttp(process, Number(process.env.get('PORT') ?? 8080), 'app', () =>
    text(200, 'kubeproctor does not simulate this application beyond its being there\n'),
  );
}
