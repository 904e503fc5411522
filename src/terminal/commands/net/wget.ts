import { NetworkError } from '../../../machine/index.ts';
import { formatRfc2253 } from '../../../machine/x509/index.ts';
import { createOutput } from '../output.ts';
import { strftime } from '../strftime.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { type Exchange, httpExchange } from './http.ts';
import { TlsError } from './tls.ts';
import { parseUrl, type Url } from './url.ts';
import { isBusybox } from './userland.ts';

export const wget = defineUtility({
  names: ['wget'],
  options:
    'q,quiet O,output-document= T,timeout= t,tries= spider S,server-response U,user-agent= header= post-data= post-file= method= body-data= no-check-certificate ca-certificate= ' +
    'P,directory-prefix= c,continue nv,no-verbose v,verbose N d,debug i,input-file= connect-timeout= read-timeout= dns-timeout= max-redirect= n= Y,proxy= content-on-error',
  package: '1.21.4 built on linux-gnu.',
  usage: 'wget [OPTION]... [URL]...',
  async run(u) {
    if (u.operands.length === 0) throw new Failure("missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.");
    for (const text of u.operands) {
      const url = parseUrl(text);
      if (!url) throw new Failure(`${text}: Invalid URL.`);
      await (isBusybox(u.process.machine) ? busyboxFetch(u, url) : gnuFetch(u, url));
    }
  },
});

const timeoutOf = (u: Invocation): number | undefined => {
  const text = u.options.value('T') ?? u.options.value('connect-timeout');
  return text === undefined ? undefined : Number(text) * 1000;
};

function fetch(u: Invocation, url: Url): Promise<Exchange> {
  const body = u.options.value('post-data') ?? u.options.value('body-data');
  const headers: Record<string, string> = {
    host: url.authority,
    'user-agent': u.options.value('U') ?? (isBusybox(u.process.machine) ? 'Wget' : 'Wget/1.21.4'),
    accept: '*/*',
  };
  for (const line of u.options.values('header')) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    headers[name.toLowerCase()] = value;
  }
  const method =
    u.options.value('method') ?? (body !== undefined ? 'POST' : u.options.has('spider') && !isBusybox(u.process.machine) ? 'HEAD' : 'GET');
  const insecure = u.options.has('no-check-certificate') || isBusybox(u.process.machine);
  const trusted = authorities(u);
  return httpExchange(u.process, { url, connectTo: url, method, headers, body, timeout: timeoutOf(u), insecure, trusted });
}

function authorities(u: Invocation): string | undefined {
  const path = u.options.value('ca-certificate');
  return path === undefined || !u.files.exists(u.process.path(path)) ? undefined : u.files.readText(u.process.path(path));
}

const DISTRUST: Readonly<Record<string, string>> = {
  'unknown-issuer': "  Unable to locally verify the issuer's authority.\n",
  'self-signed': '  Self-signed certificate encountered.\n',
  'self-signed-in-chain': '  Self-signed certificate encountered.\n',
  expired: '  Issued certificate has expired.\n',
  'not-yet-valid': '  Issued certificate not yet valid.\n',
};

/** OpenSSL could not be satisfied: what wget says before it gives up. */
function distrust({ host }: Url, { reason, certificate }: TlsError): string {
  if (reason === 'no-tls') return 'OpenSSL: error:0A00010B:SSL routines::wrong version number\nUnable to establish SSL connection.\n';
  const issuer = certificate ? formatRfc2253(certificate.issuer) : '';
  const what =
    reason === 'wrong-host'
      ? `ERROR: no certificate subject alternative name matches\n\trequested host name ‘${host}’.\n`
      : `ERROR: cannot verify ${host}'s certificate, issued by ‘${issuer}’:\n${DISTRUST[reason]}`;
  return `${what}To connect to ${host} insecurely, use \`--no-check-certificate'.\n`;
}

const fileName = (u: Invocation, url: Url): string => u.options.value('O') ?? (url.target.split('?')[0]?.split('/').at(-1) || 'index.html');

async function save(u: Invocation, name: string, exchange: Exchange): Promise<number> {
  const write = name === '-' ? (data: Uint8Array) => u.process.stdout.write(data) : createOutput(u.process, name);
  let size = 0;
  for await (const chunk of exchange.body) {
    size += chunk.length;
    await write(chunk);
  }
  return size;
}

async function busyboxFetch(u: Invocation, url: Url): Promise<void> {
  const say = (text: string) => (u.options.has('q') ? Promise.resolve() : u.process.error(text));
  try {
    const [address] = await u.process.machine.network.resolve(url.host);
    await say(`Connecting to ${url.authority.includes(':') ? url.authority : url.host} (${address}:${url.port})\n`);
    const exchange = await fetch(u, url);
    if (exchange.response.status >= 400) throw new Failure(`server returned error: HTTP/1.1 ${exchange.response.status} ${exchange.reason}`);
    if (u.options.has('spider')) return say('remote file exists\n');
    const name = fileName(u, url);
    if (name !== '-') await say(`saving to '${name}'\n`);
    const size = await save(u, name, exchange);
    const shown = name === '-' ? '-' : name;
    await say(`${shown.padEnd(20)} 100% |********************************| ${String(size).padStart(5)}  0:00:00 ETA\n`);
    await say(name === '-' ? 'written to stdout\n' : `'${name}' saved\n`);
  } catch (error) {
    if (error instanceof TlsError) throw new Failure('error getting response: Connection reset by peer');
    if (!(error instanceof NetworkError)) throw error;
    if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') throw new Failure(`bad address '${url.host}'`);
    if (error.code === 'ETIMEDOUT')
      throw new Failure(
        timeoutOf(u) === undefined ? `can't connect to remote host (${error.address ?? url.host}): Operation timed out` : 'download timed out',
      );
    throw new Failure(`can't connect to remote host (${error.address ?? url.host}): ${reasonOf(error)}`);
  }
}

const reasonOf = ({ code }: NetworkError): string => {
  if (code === 'ECONNREFUSED') return 'Connection refused';
  if (code === 'EHOSTUNREACH') return 'No route to host';
  if (code === 'ENETUNREACH') return 'Network unreachable';
  return code === 'ECONNRESET' ? 'Connection reset by peer' : 'Connection timed out';
};

async function gnuFetch(u: Invocation, url: Url): Promise<void> {
  const say = (text: string) => (u.options.has('q') ? Promise.resolve() : u.process.error(text));
  const stamp = () => strftime('%Y-%m-%d %H:%M:%S', u.process.clock.now());
  await say(`--${stamp()}--  ${url.href}\n`);
  try {
    if (!/^[\d.]+$/.test(url.host)) {
      const addresses = await u.process.machine.network.resolve(url.host);
      await say(
        `Resolving ${url.host} (${url.host})... ${addresses.join(', ')}\nConnecting to ${url.host} (${url.host})|${addresses[0]}|:${url.port}... `,
      );
    } else await say(`Connecting to ${url.host}:${url.port}... `);
    const exchange = await fetch(u, url);
    const { response, reason } = exchange;
    await say(`connected.\nHTTP request sent, awaiting response... ${response.status} ${reason}\n`);
    if (response.status >= 400) {
      await say(`${stamp()} ERROR ${response.status}: ${reason}.\n\n`);
      u.status = 8;
      return;
    }
    const length = response.headers['content-length'];
    await say(`Length: ${length ?? 'unspecified'} [${response.headers['content-type'] ?? 'text/plain'}]\n`);
    if (u.options.has('spider')) return say('Remote file exists.\n\n');
    const name = fileName(u, url);
    await say(`Saving to: ‘${name === '-' ? 'STDOUT' : name}’\n\n`);
    const size = await save(u, name, exchange);
    await say(
      `\n${stamp()} (${(size / 1024).toFixed(1)} KB/s) - ${name === '-' ? 'written to stdout' : `‘${name}’ saved`} [${size}/${length ?? size}]\n\n`,
    );
  } catch (error) {
    if (error instanceof TlsError) {
      u.status = error.reason === 'no-tls' ? 4 : 5;
      return say(`connected.\n${distrust(url, error)}`);
    }
    if (!(error instanceof NetworkError)) throw error;
    u.status = 4;
    if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
      const reason = error.code === 'ENOTFOUND' ? 'Name or service not known' : 'Temporary failure in name resolution';
      await say(`Resolving ${url.host} (${url.host})... failed: ${reason}.\nwget: unable to resolve host address ‘${url.host}’\n`);
    } else await say(`failed: ${reasonOf(error)}.\n${error.code === 'ETIMEDOUT' ? 'Giving up.\n\n' : ''}`);
  }
}
