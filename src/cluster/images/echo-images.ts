import type { HttpRequest, Process } from '../../machine/index.ts';
import { defineImage } from './define-image.ts';
import { finallyClose, httpService, option, requestTarget, serveHttp, text, untilStopped } from './running.ts';

const url = (request: HttpRequest) => requestTarget(request);
const headerLines = ({ headers = {} }: HttpRequest) =>
  Object.entries(headers)
    .map(([name, value]) => `${name.replace(/(^|-)([a-z])/g, (m) => m.toUpperCase())}: ${value}`)
    .sort();

async function httpEcho(process: Process): Promise<number> {
  const answer = option(process.argv, '-text', '--text') ?? process.env.get('ECHO_TEXT');
  if (answer === undefined) {
    await process.error('Missing -text option!\n');
    return 127;
  }
  const port = Number((option(process.argv, '-listen', '--listen') ?? ':5678').split(':').at(-1));
  await process.error(`[INFO] server is listening on :${port}\n`);
  return serveHttp(process, port, 'http-echo', () => text(200, `${answer}\n`, { 'x-app-name': 'http-echo', 'x-app-version': '1.0.0' }));
}

async function whoami(process: Process): Promise<number> {
  const port = Number(option(process.argv, '--port', '-port') ?? process.env.get('WHOAMI_PORT_NUMBER') ?? 80);
  const name = option(process.argv, '--name', '-name') ?? process.env.get('WHOAMI_NAME');
  const { machine } = process;
  await process.error(`Starting up on port ${port}\n`);
  return serveHttp(process, port, 'whoami', (request) => {
    if (request.path === '/health') return text(200, '');
    const lines = [
      ...(name ? [`Name: ${name}`] : []),
      `Hostname: ${machine.hostname}`,
      'IP: 127.0.0.1',
      ...machine.network.addresses.map((a) => `IP: ${a}`),
      `RemoteAddr: ${request.remoteAddress ?? '127.0.0.1'}:${40_000}`,
      `${request.method} ${url(request)} HTTP/1.1`,
      `Host: ${request.headers?.host ?? ''}`,
      ...headerLines(request).filter((l) => !l.startsWith('Host:')),
    ];
    return text(200, `${lines.join('\n')}\n\n`);
  });
}

async function echoServer(process: Process): Promise<number> {
  const port = Number(process.env.get('PORT') ?? 80);
  return serveHttp(process, port, 'echo-server', (request) => {
    const body = {
      host: { hostname: request.headers?.host ?? '', ip: request.remoteAddress ?? '', ips: [] },
      http: { method: request.method, baseUrl: '', originalUrl: url(request), protocol: 'http' },
      request: { params: {}, query: request.query ?? {}, cookies: {}, body: {}, headers: request.headers ?? {} },
      environment: Object.fromEntries(process.env),
    };
    return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
  });
}

async function echoserver(process: Process): Promise<number> {
  const { machine } = process;
  return serveHttp(process, 8080, 'echoserver', (request) =>
    text(
      200,
      `\n\nHostname: ${machine.hostname}\n\nPod Information:\n\t-no pod information available-\n\nServer values:\n\tserver_version=nginx: 1.14.2 - lua: 10015\n\nRequest Information:\n\tclient_address=${request.remoteAddress ?? ''}\n\tmethod=${request.method}\n\treal path=${url(request)}\n\tquery=\n\trequest_version=1.1\n\trequest_scheme=http\n\trequest_uri=http://${request.headers?.host ?? ''}:8080${url(request)}\n\nRequest Headers:\n${headerLines(
        request,
      )
        .map((l) => `\t${l.toLowerCase().replace(': ', '=')}\n`)
        .join('')}\nRequest Body:\n\t-no body in request-\n\n`,
    ),
  );
}

async function helloApp(process: Process): Promise<number> {
  const port = Number(process.env.get('PORT') ?? 8080);
  const version = process.env.get('VERSION') ?? '1.0.0';
  await process.error(`Server listening on port ${port}\n`);
  return serveHttp(process, port, 'hello-app', () => text(200, `Hello, world!\nVersion: ${version}\nHostname: ${process.machine.hostname}\n`));
}

async function agnhost(process: Process): Promise<number> {
  const [, mode = 'pause', ...rest] = process.argv;
  if (mode === 'pause') return untilStopped(process);
  if (mode === 'serve-hostname')
    return serveHttp(process, Number(option(process.argv, '--port') ?? 9376), 'serve-hostname', () => text(200, process.machine.hostname));
  if (mode === 'connect') return connect(process, rest);
  const port = Number(option(process.argv, '--http-port') ?? 8080);
  return serveHttp(process, port, 'netexec', (request) => netexec(process, request));
}

function netexec(process: Process, request: HttpRequest) {
  const { hostname } = process.machine;
  if (request.path === '/hostname' || request.path === '/hostName') return text(200, hostname);
  if (request.path === '/healthz') return text(200, '');
  if (request.path === '/clientip') return text(200, `${request.remoteAddress ?? ''}:40000`);
  if (request.path === '/echo') return text(200, String(request.query?.msg ?? ''));
  return text(200, `NOW: ${new Date(process.clock.now()).toISOString()}`);
}

async function connect(process: Process, [target = '', ...rest]: readonly string[]): Promise<number> {
  const [host = '', port = '80'] = target.split(':');
  const seconds = Number(/^(\d+)s$/.exec(option(['', ...rest], '--timeout') ?? '')?.[1] ?? 1);
  try {
    await process.machine.network.connect({ host, port: Number(port) }, { timeout: seconds * 1000 });
    return 0;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    await process.error(`${code === 'ECONNREFUSED' ? 'REFUSED' : code === 'ENOTFOUND' ? `DNS: lookup ${host}: no such host` : 'TIMEOUT'}\n`);
    return 1;
  }
}

async function httpbin(process: Process): Promise<number> {
  const service = httpService('httpbin', (request) => {
    const status = /^\/status\/(\d+)$/.exec(request.path);
    if (status) return text(Number(status[1]), '');
    const headers = Object.fromEntries(headerLines(request).map((l) => l.split(': ', 2)));
    const host = request.headers?.host ?? '';
    const all = { args: request.query ?? {}, headers, origin: request.remoteAddress ?? '', url: `http://${host}${url(request)}` };
    const body =
      request.path === '/headers'
        ? { headers }
        : request.path === '/ip'
          ? { origin: all.origin }
          : request.path === '/hostname'
            ? { hostname: process.machine.hostname }
            : all;
    return { status: 200, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(body, null, 2)}\n` };
  });
  const port = Number(process.argv.includes('8080') || process.env.has('PORT') ? (process.env.get('PORT') ?? 8080) : 80);
  return finallyClose([process.machine.network.listen(port, service)], untilStopped(process));
}

export const echoImages = [
  defineImage({
    names: ['hashicorp/http-echo', 'registry.k8s.io/http-echo'],
    base: 'distroless',
    entrypoint: ['/http-echo'],
    executables: { '/http-echo': httpEcho },
    user: '65532',
    size: 3_000_000,
  }),
  defineImage({
    names: ['traefik/whoami', 'containous/whoami'],
    base: 'scratch',
    entrypoint: ['/whoami'],
    executables: { '/whoami': whoami },
    size: 2_900_000,
  }),
  defineImage({
    names: ['ealen/echo-server', 'jmalloc/echo-server'],
    base: 'alpine',
    entrypoint: ['/bin/echo-server'],
    executables: { '/bin/echo-server': echoServer },
    size: 40_000_000,
  }),
  defineImage({
    names: [
      'registry.k8s.io/echoserver',
      'k8s.gcr.io/echoserver',
      'gcr.io/google-containers/echoserver',
      'gcr.io/google_containers/echoserver',
      'cilium/echoserver',
    ],
    base: 'debian',
    entrypoint: ['/usr/local/bin/run.sh'],
    executables: { '/usr/local/bin/run.sh': echoserver },
    size: 46_000_000,
  }),
  defineImage({
    names: [
      'gcr.io/google-samples/hello-app',
      'us-docker.pkg.dev/google-samples/containers/gke/hello-app',
      'gcr.io/google-samples/node-hello',
      'us-docker.pkg.dev/google-samples/hello-app',
      'paulbouwer/hello-kubernetes',
      'nginxdemos/hello',
      'crccheck/hello-world',
    ],
    base: 'alpine',
    entrypoint: ['/hello-app'],
    executables: { '/hello-app': helloApp },
    size: 11_000_000,
  }),
  defineImage({
    names: ['registry.k8s.io/e2e-test-images/agnhost', 'k8s.gcr.io/e2e-test-images/agnhost', 'registry.k8s.io/e2e-test-images/nautilus'],
    base: 'alpine',
    programs: ['curl', 'dig'],
    entrypoint: ['/agnhost'],
    cmd: ['pause'],
    executables: { '/agnhost': agnhost },
    size: 50_000_000,
  }),
  defineImage({
    names: ['kennethreitz/httpbin', 'kong/httpbin', 'mccutchen/go-httpbin', 'docker.io/kennethreitz/httpbin'],
    base: 'ubuntu',
    entrypoint: ['/bin/httpbin'],
    executables: { '/bin/httpbin': httpbin },
    size: 200_000_000,
  }),
];
