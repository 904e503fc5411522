import { NetworkError, type Process, type Service } from '../../../machine/index.ts';
import { bodyText } from '../../network/spoken-http.ts';
import { finallyClose, requestTarget, untilStopped } from '../running.ts';
import { NginxConfigError, readConfig } from './config.ts';
import { errorPage, respond } from './respond.ts';
import { chooseSite, type Sites, sitesOf } from './sites.ts';

const CONFIG = '/etc/nginx/nginx.conf';

/** The nginx program: serves, tests its configuration, signals a running one. */
export async function runNginx(process: Process, version: string, argv: readonly string[] = process.argv): Promise<number> {
  if (argv.includes('-v')) return say(process, `nginx version: nginx/${version}\n`);
  const path = argv[argv.indexOf('-c') + 1];
  const config = argv.includes('-c') && path ? path : CONFIG;
  if (argv.includes('-t') || argv.includes('-T')) return testConfig(process, config);
  if (argv.includes('-s')) return signalRunning(process, argv[argv.indexOf('-s') + 1] ?? '', config);
  return serve(process, config, version);
}

async function say(process: Process, text: string): Promise<number> {
  await process.error(text);
  return 0;
}

async function load(process: Process, config: string): Promise<Sites | undefined> {
  try {
    return sitesOf(readConfig(process.machine.files, config), config);
  } catch (error) {
    if (!(error instanceof NginxConfigError)) throw error;
    const time = new Date(process.clock.now()).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
    const emerg = error.message;
    await process.error(
      process.pid === 1
        ? `${time} [emerg] 1#1: ${emerg}\nnginx: [emerg] ${emerg}\n`
        : `${time} [emerg] ${process.pid}#${process.pid}: ${emerg}\nnginx: [emerg] ${emerg}\n`,
    );
    return undefined;
  }
}

async function testConfig(process: Process, config: string): Promise<number> {
  if (!(await load(process, config))) return say(process, `nginx: configuration file ${config} test failed\n`).then(() => 1);
  return say(process, `nginx: the configuration file ${config} syntax is ok\nnginx: configuration file ${config} test is successful\n`);
}

async function signalRunning(process: Process, what: string, config: string): Promise<number> {
  const signals = { reload: 'SIGHUP', stop: 'SIGTERM', quit: 'SIGQUIT', reopen: 'SIGUSR1' } as const;
  const signal = signals[what as keyof typeof signals];
  if (!signal) return say(process, `nginx: invalid option: "-s ${what}"\n`).then(() => 1);
  if (!(await load(process, config))) return 1;
  const master = process.machine.processes.list().find((p) => p.pid !== process.pid && p.argv.slice(0, 2).some((word) => word.endsWith('nginx')));
  if (!master) return say(process, 'nginx: [error] invalid PID number "" in "/run/nginx.pid"\n').then(() => 1);
  process.machine.processes.kill(master.pid, signal);
  return say(
    process,
    `${new Date(process.clock.now()).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')} [notice] ${process.pid}#${process.pid}: signal process started\n`,
  );
}

async function serve(process: Process, config: string, version: string): Promise<number> {
  let sites = await load(process, config);
  if (!sites) return 1;
  const ports = portsOf(sites);
  const service = (port: number, tls: boolean): Service => ({
    name: 'nginx',
    ...(tls ? { tls: { certificate: certificateOf(process, sites, port) } } : {}),
    http: async (request) => {
      const site = sites && chooseSite(sites.sites, port, request.headers?.host ?? '');
      const response = site && sites ? await respond(site, request, { process, sites, version, port }) : errorPage(404, version);
      await logAccess(process, request, response.status, (await bodyText(response)).length);
      return response;
    },
  });
  const listening = [];
  for (const [port, tls] of ports) {
    try {
      listening.push(process.machine.network.listen(port, service(port, tls)));
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      const number = error.code === 'EACCES' ? 13 : 98;
      await process.error(
        `nginx: [emerg] bind() to 0.0.0.0:${port} failed (${number}: ${number === 13 ? 'Permission denied' : 'Address already in use'})\n`,
      );
      for (const one of listening) one.close();
      return 1;
    }
  }
  process.on('SIGHUP', () => {
    void load(process, config).then((fresh) => {
      sites = fresh ?? sites;
    });
  });
  await startupLines(process, version);
  return finallyClose(listening, untilStopped(process));
}

function portsOf({ sites }: Sites): Map<number, boolean> {
  const ports = new Map<number, boolean>();
  for (const { port, tls } of sites.flatMap((s) => s.listens)) ports.set(port, tls || (ports.get(port) ?? false));
  return ports;
}

function certificateOf(process: Process, sites: Sites | undefined, port: number): string {
  const site = sites?.sites.find((s) => s.listens.some((l) => l.port === port));
  const path = site?.directives.find((d) => d.name === 'ssl_certificate')?.args[0];
  return path && process.machine.files.exists(path) ? process.machine.files.readText(path) : '';
}

async function startupLines(process: Process, version: string): Promise<void> {
  const time = new Date(process.clock.now()).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
  const notice = (text: string) => `${time} [notice] 1#1: ${text}\n`;
  const { kernel, cpus } = process.machine.hardware;
  const lines = [
    'using the "epoll" event method',
    `nginx/${version}`,
    'built by gcc 12.2.0 (Debian 12.2.0-14) ',
    `OS: Linux ${kernel}`,
    'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
    'start worker processes',
  ];
  const workers = Array.from({ length: cpus }, (_, i) => `start worker process ${29 + i}`);
  await process.error([...lines, ...workers].map(notice).join(''));
}

async function logAccess(
  process: Process,
  request: {
    method: string;
    path: string;
    headers?: Readonly<Record<string, string>>;
    remoteAddress?: string;
    query?: Readonly<Record<string, string | readonly string[]>>;
  },
  status: number,
  size: number,
): Promise<void> {
  const time = new Date(process.clock.now());
  const month = time.toUTCString().slice(8, 11);
  const stamp = `${String(time.getUTCDate()).padStart(2, '0')}/${month}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)} +0000`;
  const agent = request.headers?.['user-agent'] ?? '-';
  const referer = request.headers?.referer ?? '-';
  await process.print(
    `${request.remoteAddress ?? '127.0.0.1'} - - [${stamp}] "${request.method} ${requestTarget(request)} HTTP/1.1" ${status} ${size} "${referer}" "${agent}" "${request.headers?.['x-forwarded-for'] ?? '-'}"\n`,
  );
}
