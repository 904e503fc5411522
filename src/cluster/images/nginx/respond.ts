import { posix } from 'node:path';
import { type HttpRequest, type HttpResponse, NetworkError, type Process } from '../../../machine/index.ts';
import { requestTarget } from '../running.ts';
import type { Directive } from './config.ts';
import { all, chooseLocation, type Site, type Sites } from './sites.ts';

const TITLES: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'application/javascript',
  json: 'application/json',
  txt: 'text/plain',
  xml: 'text/xml',
  svg: 'image/svg+xml',
  png: 'image/png',
};

export interface NginxPlace {
  readonly process: Process;
  readonly sites: Sites;
  readonly version: string;
  readonly port: number;
}

/** Answers a request by a site's configuration. */
export async function respond(site: Site, request: HttpRequest, place: NginxPlace): Promise<HttpResponse> {
  const location = chooseLocation(site.directives, request.path);
  const scope = [...(location?.children ?? []), ...site.directives.filter((d) => !d.children), ...site.inherited];
  const response = await answer(location, scope, request, place);
  const extra = all(scope, 'add_header').filter((d) => response.status < 400 || d.args[2] === 'always');
  const headers = Object.fromEntries(extra.map((d) => [(d.args[0] ?? '').toLowerCase(), expand(d.args[1] ?? '', request, place)]));
  return { ...response, headers: { server: `nginx/${place.version}`, ...response.headers, ...headers } };
}

async function answer(location: Directive | undefined, scope: readonly Directive[], request: HttpRequest, place: NginxPlace): Promise<HttpResponse> {
  const denied = location && all(location.children ?? [], 'deny').some((d) => d.args[0] === 'all');
  if (denied) return errorPage(403, place.version);
  const returned = all(scope, 'return')[0];
  if (returned) return directReturn(returned, request, place, scope);
  if (location && all(location.children ?? [], 'stub_status').length > 0) return status();
  const pass = location && all(location.children ?? [], 'proxy_pass')[0];
  if (location && pass) return proxy(pass, location, scope, request, place);
  if (!['GET', 'HEAD'].includes(request.method)) return errorPage(405, place.version);
  return file(location, scope, request, place);
}

const status = (): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: 'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \nReading: 0 Writing: 1 Waiting: 0 \n',
});

function directReturn({ args }: Directive, request: HttpRequest, place: NginxPlace, scope: readonly Directive[]): HttpResponse {
  const [first = '', second] = args;
  const code = /^\d{3}$/.test(first) ? Number(first) : 302;
  const value = expand((/^\d{3}$/.test(first) ? second : first) ?? '', request, place);
  if ([301, 302, 303, 307, 308].includes(code))
    return { ...errorPage(code, place.version), headers: { 'content-type': 'text/html', location: value } };
  if (second === undefined) return code < 300 ? { status: code, headers: {}, body: '' } : errorPage(code, place.version);
  const type = all(scope, 'default_type')[0]?.args[0] ?? 'application/octet-stream';
  return { status: code, headers: { 'content-type': type }, body: value };
}

function file(location: Directive | undefined, scope: readonly Directive[], request: HttpRequest, place: NginxPlace): HttpResponse {
  const { files } = place.process.machine;
  const alias = all(location?.children ?? [], 'alias')[0]?.args[0];
  const prefix = location?.args.at(-1) ?? '';
  const root = all(scope, 'root')[0]?.args[0] ?? '/etc/nginx/html';
  const decoded = decodeURIComponent(request.path);
  const path = posix.normalize(alias === undefined ? `${root}/${decoded}` : `${alias}${decoded.slice(prefix.length)}`);
  const tried = all(location?.children ?? [], 'try_files')[0]?.args ?? [];
  const choices = tried.length > 0 ? tried.slice(0, -1).map((t) => posix.normalize(`${root}/${t.replaceAll('$uri', decoded)}`)) : [path];
  for (const choice of choices) {
    const found = readFile(files, choice, scope, request.path);
    if (found === 403 && tried.length === 0) return errorPage(403, place.version);
    if (typeof found === 'object') return found;
  }
  const fallback = tried.at(-1);
  if (fallback?.startsWith('=')) return errorPage(Number(fallback.slice(1)), place.version);
  const last = fallback ? readFile(files, posix.normalize(`${root}/${fallback}`), scope, fallback) : undefined;
  if (typeof last === 'object') return last;
  void place.process.error(
    `${stamp(place)} [error] 29#29: *1 open() "${path}" failed (2: No such file or directory), client: ${request.remoteAddress ?? '-'}, server: localhost, request: "${request.method} ${requestTarget(request)} HTTP/1.1", host: "${request.headers?.host ?? ''}"\n`,
  );
  return errorPage(404, place.version);
}

function readFile(
  files: NginxPlace['process']['machine']['files'],
  path: string,
  scope: readonly Directive[],
  asked: string,
): HttpResponse | 403 | undefined {
  if (!files.exists(path)) return undefined;
  if (files.stat(path).type !== 'directory') {
    const type = TYPES[posix.extname(path).slice(1)] ?? 'application/octet-stream';
    return { status: 200, headers: { 'content-type': type, 'accept-ranges': 'bytes' }, body: files.readText(path) };
  }
  const indexes = all(scope, 'index').flatMap((d) => d.args);
  for (const index of indexes.length > 0 ? indexes : ['index.html']) {
    const found = files.exists(`${path}/${index}`) && files.stat(`${path}/${index}`).type === 'file';
    if (found) return readFile(files, `${path}/${index}`, scope, asked);
  }
  if (!all(scope, 'autoindex').some((d) => d.args[0] === 'on')) return 403;
  const rows = files.list(path).map((name) => `<a href="${name}">${name}</a>\n`);
  return {
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: `<html>\n<head><title>Index of ${asked}</title></head>\n<body>\n<h1>Index of ${asked}</h1><hr><pre><a href="../">../</a>\n${rows.join('')}</pre><hr></body>\n</html>\n`,
  };
}

async function proxy(
  pass: Directive,
  location: Directive,
  scope: readonly Directive[],
  request: HttpRequest,
  place: NginxPlace,
): Promise<HttpResponse> {
  const url = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(expand(pass.args[0] ?? '', request, place));
  if (!url) return errorPage(500, place.version);
  const [, scheme, authority = '', rest] = url;
  const members = place.sites.upstreams.get(authority) ?? [authority];
  const target = place.process.clock.random.pick(members);
  const [host = '', port = scheme === 'https' ? '443' : '80'] = target.split(':');
  const prefix = location.args.at(-1) ?? '';
  const path = rest === undefined ? request.path : `${rest}${request.path.slice(prefix.length)}`;
  const set = all(scope, 'proxy_set_header').map((d) => [(d.args[0] ?? '').toLowerCase(), expand(d.args[1] ?? '', request, place)]);
  try {
    const { service, local } = await place.process.machine.network.connect({ host, port: Number(port) }, { timeout: 60_000 });
    if (!service.http) return errorPage(502, place.version);
    const headers = { ...request.headers, host: authority, connection: 'close', ...Object.fromEntries(set) };
    const { server: _, ...answered } = (await service.http({ ...request, path, headers, remoteAddress: local.address })) as HttpResponse & {
      server?: string;
    };
    return answered;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const why = error.code === 'ETIMEDOUT' ? 'upstream timed out (110: Operation timed out)' : 'connect() failed (111: Connection refused)';
    await place.process.error(`${stamp(place)} [error] 29#29: *1 ${why} while connecting to upstream, upstream: "${scheme}://${target}${path}"\n`);
    return errorPage(error.code === 'ETIMEDOUT' ? 504 : 502, place.version);
  }
}

export function errorPage(code: number, version: string): HttpResponse {
  const title = `${code} ${TITLES[code] ?? ''}`.trim();
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`;
  return { status: code, headers: { 'content-type': 'text/html' }, body };
}

function expand(text: string, request: HttpRequest, { process, port }: NginxPlace): string {
  const host = request.headers?.host ?? '';
  const values: Readonly<Record<string, string>> = {
    host: host.replace(/:\d+$/, ''),
    http_host: host,
    hostname: process.machine.hostname,
    remote_addr: request.remoteAddress ?? '127.0.0.1',
    proxy_add_x_forwarded_for: request.remoteAddress ?? '127.0.0.1',
    request_method: request.method,
    request_uri: requestTarget(request),
    uri: request.path,
    scheme: 'http',
    server_addr: process.machine.network.addresses[0] ?? '',
    server_port: String(port),
    server_name: host.replace(/:\d+$/, ''),
  };
  const replaced = text.replace(/\$\{?([a-z_0-9]+)\}?/g, (whole, name: string) => {
    if (name.startsWith('http_')) return request.headers?.[name.slice(5).replaceAll('_', '-')] ?? values[name] ?? '';
    return values[name] ?? whole;
  });
  return replaced.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
}

const stamp = ({ process }: NginxPlace) => new Date(process.clock.now()).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
