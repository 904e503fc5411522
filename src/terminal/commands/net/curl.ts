import { FileError, NetworkError } from '../../../machine/index.ts';
import { createOutput } from '../output.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { type Exchange, httpExchange } from './http.ts';
import { TlsError } from './tls.ts';
import { parseUrl, type Url } from './url.ts';

const OPTIONS =
  'X,request= d,data,data-ascii= data-raw= data-binary= data-urlencode= json= F,form= H,header= A,user-agent= e,referer= u,user= b,cookie= c,cookie-jar= ' +
  'o,output= O,remote-name s,silent S,show-error v,verbose i,include I,head k,insecure L,location f,fail fail-with-body m,max-time= connect-timeout= ' +
  'w,write-out= resolve= connect-to= cacert= cert,E= key= retry= retry-delay= x,proxy= noproxy= 4,ipv4 6,ipv6 N,no-buffer G,get T,upload-file= ' +
  '0,http1.0 http1.1 http2 compressed no-keepalive tlsv1.2 tlsv1.3 tls-max= ciphers= D,dump-header= max-redirs= g,globoff unix-socket= url= progress-bar,# interface= V';

const UNTRUSTED = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.
`;

/** curl's own failure: `curl: (7) …` and exit status 7. */
class CurlError extends Error {
  override readonly name = 'CurlError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const curl = defineUtility({
  names: ['curl'],
  options: OPTIONS,
  failure: 2,
  package: '8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0 OpenSSL/3.0.13',
  usage: 'curl [options...] <url>',
  hint: () => "curl: try 'curl --help' or 'curl --manual' for more information\n",
  async run(u) {
    const urls = [...u.options.values('url'), ...u.operands];
    if (urls.length === 0) throw new Failure('(2) no URL specified', { status: 2, usage: true });
    for (const url of urls) {
      try {
        await transfer(u, url);
      } catch (error) {
        if (!(error instanceof CurlError)) throw error;
        u.status = error.code;
        if (!u.options.has('s') || u.options.has('S'))
          await u.process.error(`curl: (${error.code}) ${error.message}\n${error.code === 60 ? UNTRUSTED : ''}`);
      }
    }
  },
});

async function transfer(u: Invocation, text: string): Promise<void> {
  let url = parseUrl(text);
  if (!url) throw new CurlError(3, 'URL rejected: Malformed input to a URL function');
  if (url.scheme !== 'http' && url.scheme !== 'https' && url.scheme !== 'telnet')
    throw new CurlError(1, `Protocol "${url.scheme}" not supported${/^[a-z]+$/.test(url.scheme) ? ' or disabled in libcurl' : ''}`);
  const started = u.process.clock.now();
  for (let redirects = 0; ; redirects++) {
    const exchange = await request(u, url, started);
    const location = exchange.response.headers.location;
    const follows = u.options.has('L') && location !== undefined && exchange.response.status >= 300 && exchange.response.status < 400;
    if (!follows) return report(u, url, exchange, started);
    if (redirects >= Number(u.options.value('max-redirs') ?? '50')) throw new CurlError(47, `Maximum (${redirects}) redirects followed`);
    if (u.options.has('i') || u.options.has('I')) await u.print(headText(exchange));
    url = parseUrl(new URL(location, url.href).href) ?? url;
  }
}

function deadline(u: Invocation): number | undefined {
  const limits = [u.options.value('m'), u.options.value('connect-timeout')]
    .filter((value) => value !== undefined)
    .map((value) => Number(value) * 1000);
  return limits.length > 0 ? Math.min(...limits) : undefined;
}

async function request(u: Invocation, url: Url, started: number): Promise<Exchange> {
  const { method, headers, body } = await requestOf(u, url);
  const resolved = resolution(u, url);
  const limit = deadline(u);
  const note = (line: string) => (u.options.has('v') ? u.process.error(`* ${line}\n`) : Promise.resolve());
  try {
    const exchange = await httpExchange(u.process, {
      url,
      connectTo: resolved,
      method,
      headers,
      body,
      timeout: limit,
      insecure: u.options.has('k'),
      trusted: certificates(u),
      clientCertificate: ownCertificate(u),
      onConnected: async (address, port) => {
        await note(`  Trying ${address}:${port}...`);
        await note(`Connected to ${url.host} (${address}) port ${port}`);
        if (u.options.has('v')) await u.process.error(requestText(url, method, headers));
      },
    });
    if (u.options.has('v')) await u.process.error(`${headText(exchange).trimEnd().replace(/^/gm, '< ').replace(/\r/g, '')}\n< \n`);
    return exchange;
  } catch (error) {
    if (error instanceof NetworkError) throw describe(u, url, error, started, limit);
    if (error instanceof TlsError) throw describeTls(url, error);
    throw error;
  }
}

const requestText = (url: Url, method: string, headers: Readonly<Record<string, string>>): string =>
  `> ${method} ${url.target} HTTP/1.1\n${Object.entries(headers)
    .map(([name, value]) => `> ${titleCase(name)}: ${value}\n`)
    .join('')}> \n`;

const titleCase = (name: string): string => name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

function resolution(u: Invocation, url: Url): { host: string; port: number } {
  for (const entry of u.options.values('resolve')) {
    const [, host, port, address] = /^\+?([^:]+):(\d+):\[?([^\]]+)\]?$/.exec(entry) ?? [];
    if ((host === url.host || host === '*') && Number(port) === url.port && address) return { host: address, port: url.port };
  }
  for (const entry of u.options.values('connect-to')) {
    const [host, port, toHost, toPort] = entry.split(':');
    if ((!host || host === url.host) && (!port || Number(port) === url.port)) return { host: toHost || url.host, port: Number(toPort || url.port) };
  }
  return { host: url.host, port: url.port };
}

function certificates(u: Invocation): string | undefined {
  const path = u.options.value('cacert');
  if (path === undefined) return undefined;
  const full = u.process.path(path);
  if (!u.files.exists(full)) throw new CurlError(77, `error setting certificate file: ${path}`);
  return u.files.readText(full);
}

function ownCertificate(u: Invocation): string | undefined {
  const path = u.options.value('cert')?.replace(/:[^:/]*$/, '');
  if (path === undefined) return undefined;
  const readable = [path, u.options.value('key') ?? path].every((one) => u.files.exists(u.process.path(one)));
  if (!readable)
    throw new CurlError(
      58,
      `could not load PEM client certificate from ${path}, OpenSSL error error:80000002:system library::No such file or directory, (no key found, wrong pass phrase, or wrong file format?)`,
    );
  return u.files.readText(u.process.path(path));
}

const DISTRUST: Readonly<Record<string, string>> = {
  'unknown-issuer': 'unable to get local issuer certificate',
  'self-signed': 'self-signed certificate',
  'self-signed-in-chain': 'self-signed certificate in certificate chain',
  expired: 'certificate has expired',
  'not-yet-valid': 'certificate is not yet valid',
};

function describeTls(url: Url, { reason }: TlsError): CurlError {
  if (reason === 'no-tls') return new CurlError(35, 'OpenSSL/3.0.13: error:0A00010B:SSL routines::wrong version number');
  if (reason === 'wrong-host') return new CurlError(60, `SSL: no alternative certificate subject name matches target host name '${url.host}'`);
  return new CurlError(60, `SSL certificate problem: ${DISTRUST[reason]}`);
}

function describe(u: Invocation, url: Url, error: NetworkError, started: number, limit: number | undefined): CurlError {
  const spent = Math.round(u.process.clock.now() - started);
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return new CurlError(6, `Could not resolve host: ${url.host}`);
  if (error.code === 'ECONNRESET') return new CurlError(56, 'Recv failure: Connection reset by peer');
  if (error.code === 'ETIMEDOUT' && limit !== undefined) {
    const connecting = u.options.has('connect-timeout') || error.message !== 'response';
    return new CurlError(
      28,
      connecting
        ? `Failed to connect to ${url.host} port ${url.port} after ${spent} ms: Timeout was reached`
        : `Operation timed out after ${spent} milliseconds with 0 bytes received`,
    );
  }
  const reason = error.code === 'EHOSTUNREACH' ? 'No route to host' : "Couldn't connect to server";
  return new CurlError(error.code === 'ETIMEDOUT' ? 28 : 7, `Failed to connect to ${url.host} port ${url.port} after ${spent} ms: ${reason}`);
}

async function requestOf(u: Invocation, url: Url): Promise<{ method: string; headers: Record<string, string>; body: string | undefined }> {
  const { options } = u;
  const headers: Record<string, string> = { host: url.authority, 'user-agent': options.value('A') ?? 'curl/8.5.0', accept: '*/*' };
  if (options.has('u')) headers.authorization = `Basic ${Buffer.from(options.value('u') ?? '').toString('base64')}`;
  if (options.has('b')) headers.cookie = options.value('b') ?? '';
  const parts = options.given.flatMap(({ key, value = '' }) =>
    key === 'd' || key.startsWith('data') || key === 'json' ? [dataOf(u, key, value)] : [],
  );
  const body = parts.length > 0 && !options.has('G') ? parts.join(options.has('json') ? '' : '&') : undefined;
  if (body !== undefined) {
    headers['content-type'] = options.has('json') ? 'application/json' : 'application/x-www-form-urlencoded';
    headers['content-length'] = String(Buffer.byteLength(body));
  }
  for (const line of options.values('H')) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (name && value === '') delete headers[name.toLowerCase()];
    else if (name) headers[name.toLowerCase()] = value;
  }
  const method = options.value('X') ?? (options.has('I') ? 'HEAD' : body === undefined ? 'GET' : 'POST');
  return { method, headers, body };
}

function dataOf(u: Invocation, key: string, value: string): string {
  if (key === 'data-urlencode') {
    const equals = value.indexOf('=');
    return equals < 0 ? encodeURIComponent(value) : value.slice(0, equals + 1) + encodeURIComponent(value.slice(equals + 1));
  }
  if (!value.startsWith('@') || key === 'data-raw') return value;
  try {
    const text = u.files.readText(u.process.path(value.slice(1)));
    return key === 'd' ? text.replace(/[\r\n]/g, '') : text;
  } catch (error) {
    if (error instanceof FileError) throw new Failure(`(26) Failed to open ${value.slice(1)}`, { status: 26 });
    throw error;
  }
}

const headText = ({ response, reason }: Exchange): string =>
  `HTTP/1.1 ${response.status} ${reason}\r\n${Object.entries(response.headers)
    .map(([name, value]) => `${titleCase(name)}: ${value}\r\n`)
    .join('')}\r\n`;

async function report(u: Invocation, url: Url, exchange: Exchange, started: number): Promise<void> {
  const { options } = u;
  const { response } = exchange;
  if (options.has('f') && response.status >= 400) {
    await writeOut(u, url, exchange, 0, started);
    throw new CurlError(22, `The requested URL returned error: ${response.status}`);
  }
  const name = options.value('o') ?? (options.has('O') ? url.target.split(/[?#]/)[0]?.split('/').at(-1) : undefined);
  const write = name === undefined || name === '-' ? (data: string | Uint8Array) => u.process.stdout.write(data) : createOutput(u.process, name);
  let size = 0;
  if (options.has('i') || options.has('I')) await write(headText(exchange));
  if (!options.has('I')) {
    for await (const chunk of exchange.body) {
      size += chunk.length;
      await write(chunk);
    }
  }
  await writeOut(u, url, exchange, size, started);
  if (options.has('fail-with-body') && response.status >= 400) throw new CurlError(22, `The requested URL returned error: ${response.status}`);
}

async function writeOut(u: Invocation, url: Url, { response, remote }: Exchange, size: number, started: number): Promise<void> {
  const format = u.options.value('w');
  if (format === undefined) return;
  const seconds = ((u.process.clock.now() - started) / 1000).toFixed(6);
  const values: Readonly<Record<string, string>> = {
    http_code: String(response.status).padStart(3, '0'),
    response_code: String(response.status).padStart(3, '0'),
    size_download: String(size),
    time_total: seconds,
    time_connect: seconds,
    time_starttransfer: seconds,
    url_effective: url.href,
    remote_ip: remote.address,
    remote_port: String(remote.port),
    content_type: response.headers['content-type'] ?? '',
    num_redirects: '0',
    scheme: url.scheme.toUpperCase(),
    exitcode: '0',
    errormsg: '',
  };
  const text = format
    .replace(/%\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\r/g, '\r');
  await u.print(text.replace(/%%/g, '%'));
}
