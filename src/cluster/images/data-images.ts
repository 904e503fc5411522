import type { ByteStream, Process } from '../../machine/index.ts';
import { defineImage } from './define-image.ts';
import { finallyClose, option, untilStopped } from './running.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Listens as a database that takes connections and says little. */
async function listenSilently(process: Process, port: number, name: string, ready: string): Promise<number> {
  const listening = process.machine.network.listen(port, { name, accept: (stream) => void drain(stream) });
  await process.error(ready);
  return finallyClose([listening], untilStopped(process));
}

async function drain(stream: ByteStream): Promise<void> {
  while ((await stream.read()) !== null);
  stream.end();
}

async function mysql(process: Process): Promise<number> {
  const { env } = process;
  const stamp = new Date(process.clock.now()).toISOString().replace('T', ' ').slice(0, 19);
  const has = (...names: string[]) => names.some((name) => env.get(`MYSQL_${name}`) ?? env.get(`MARIADB_${name}`));
  await process.print(`${stamp}+00:00 [Note] [Entrypoint]: Entrypoint script for MySQL Server 8.4.6-1.el9 started.\n`);
  if (!has('ROOT_PASSWORD', 'ALLOW_EMPTY_PASSWORD', 'RANDOM_ROOT_PASSWORD') && !process.machine.files.exists('/var/lib/mysql/mysql')) {
    await process.error(
      `${stamp}+00:00 [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD\n`,
    );
    return 1;
  }
  process.machine.files.mkdir('/var/lib/mysql/mysql', { recursive: true });
  const iso = new Date(process.clock.now()).toISOString().replace('Z', '000Z');
  return listenSilently(
    process,
    3306,
    'mysql',
    `${iso} 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '8.4.6'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.\n`,
  );
}

async function postgres(process: Process): Promise<number> {
  const { env } = process;
  const data = env.get('PGDATA') ?? '/var/lib/postgresql/data';
  if (!env.get('POSTGRES_PASSWORD') && env.get('POSTGRES_HOST_AUTH_METHOD') !== 'trust' && !process.machine.files.exists(`${data}/PG_VERSION`)) {
    await process.error(
      'Error: Database is uninitialized and superuser password is not specified.\n       You must specify POSTGRES_PASSWORD to a non-empty value for the\n       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".\n\n       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all\n       connections without a password. This is *not* recommended.\n\n       See PostgreSQL documentation about "trust":\n       https://www.postgresql.org/docs/current/auth-trust.html\n',
    );
    return 1;
  }
  process.machine.files.mkdir(data, { recursive: true });
  process.machine.files.write(`${data}/PG_VERSION`, '17\n');
  const stamp = new Date(process.clock.now()).toISOString().replace('T', ' ').slice(0, 23);
  return listenSilently(
    process,
    5432,
    'postgres',
    `${stamp} UTC [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432\n${stamp} UTC [1] LOG:  database system is ready to accept connections\n`,
  );
}

async function redisServer(process: Process): Promise<number> {
  const port = Number(option(process.argv, '--port') ?? 6379);
  const data = new Map<string, string>();
  const time = new Date(process.clock.now());
  const stamp = `1:M ${String(time.getUTCDate()).padStart(2, '0')} ${time.toUTCString().slice(8, 16)} ${time.toISOString().slice(11, 23)}`;
  const listening = process.machine.network.listen(port, { name: 'redis', accept: (stream) => void speakRedis(stream, data) });
  await process.print(
    `${stamp} * Running mode=standalone, port=${port}.\n${stamp} * Server initialized\n${stamp} * Ready to accept connections tcp\n`,
  );
  return finallyClose([listening], untilStopped(process));
}

async function speakRedis(stream: ByteStream, data: Map<string, string>): Promise<void> {
  for (let chunk = await stream.read(); chunk; chunk = await stream.read()) {
    for (const words of commandsIn(decoder.decode(chunk))) await stream.write(encoder.encode(redisAnswer(words, data)));
  }
  stream.end();
}

/** Inline commands, one per line, or RESP arrays. */
function commandsIn(text: string): string[][] {
  if (!text.startsWith('*'))
    return text
      .split(/\r?\n/)
      .filter(Boolean)
      .map((line) => line.trim().split(/\s+/));
  const words = text.split('\r\n').filter((line, i) => i > 0 && line !== '' && !line.startsWith('$') && !line.startsWith('*'));
  return [words];
}

const bulk = (value: string | undefined) => (value === undefined ? '$-1\r\n' : `$${encoder.encode(value).length}\r\n${value}\r\n`);

function redisAnswer([name = '', ...args]: readonly string[], data: Map<string, string>): string {
  const [key = '', value = ''] = args;
  switch (name.toUpperCase()) {
    case 'PING':
      return args.length > 0 ? bulk(key) : '+PONG\r\n';
    case 'SET':
      data.set(key, value);
      return '+OK\r\n';
    case 'GET':
      return bulk(data.get(key));
    case 'DEL':
      return `:${args.filter((k) => data.delete(k)).length}\r\n`;
    case 'EXISTS':
      return `:${args.filter((k) => data.has(k)).length}\r\n`;
    case 'INCR': {
      const next = Number(data.get(key) ?? 0) + 1;
      data.set(key, String(next));
      return `:${next}\r\n`;
    }
    case 'KEYS':
      return `*${data.size}\r\n${[...data.keys()].map(bulk).join('')}`;
    case 'INFO':
      return bulk('# Server\r\nredis_version:8.2.1\r\nrole:master\r\n');
    default:
      return `-ERR unknown command '${name}', with args beginning with: ${args.map((a) => `'${a}' `).join('')}\r\n`;
  }
}

async function redisCli(process: Process): Promise<number> {
  const { argv } = process;
  const host = option(argv, '-h') ?? '127.0.0.1';
  const port = Number(option(argv, '-p') ?? 6379);
  const words = argv
    .slice(1)
    .filter((word, i, rest) => !['-h', '-p', '-a', '--no-auth-warning'].includes(word) && !['-h', '-p', '-a'].includes(rest[i - 1] ?? ''));
  try {
    const stream = (await process.machine.network.connect({ host, port }, { timeout: 10_000 })).stream();
    await stream.write(encoder.encode(`*${words.length}\r\n${words.map(bulk).join('')}`));
    const answer = decoder.decode((await stream.read()) ?? new Uint8Array());
    stream.end();
    await process.print(`${shown(answer)}\n`);
    return 0;
  } catch (error) {
    await process.error(`Could not connect to Redis at ${host}:${port}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function shown(answer: string): string {
  if (answer.startsWith('$-1')) return '';
  if (answer.startsWith('$')) return answer.slice(answer.indexOf('\r\n') + 2).replace(/\r\n$/, '');
  if (answer.startsWith('*'))
    return answer
      .split('\r\n')
      .filter((l) => l && !/^[*$]/.test(l))
      .join('\n');
  return answer.slice(answer.startsWith('-') ? 1 : 1).trim();
}

export const dataImages = [
  defineImage({
    names: ['mysql', 'mariadb', 'bitnami/mysql', 'percona'],
    base: 'debian',
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['mysqld'],
    executables: { '/usr/local/bin/docker-entrypoint.sh': mysql },
    size: 230_000_000,
    usage: { cpuMillicores: 4, memoryBytes: 380 * 2 ** 20 },
  }),
  defineImage({
    names: ['postgres', 'bitnami/postgresql'],
    base: 'debian',
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['postgres'],
    executables: { '/usr/local/bin/docker-entrypoint.sh': postgres, '/usr/bin/pg_isready': pgIsReady },
    size: 160_000_000,
    usage: { cpuMillicores: 2, memoryBytes: 40 * 2 ** 20 },
  }),
  defineImage({
    names: ['redis', 'bitnami/redis', 'valkey/valkey', 'registry.k8s.io/redis'],
    base: 'debian',
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['redis-server'],
    executables: {
      '/usr/local/bin/docker-entrypoint.sh': redisEntry,
      '/usr/local/bin/redis-server': redisServer,
      '/usr/local/bin/redis-cli': redisCli,
    },
    size: 51_000_000,
    usage: { cpuMillicores: 2, memoryBytes: 7 * 2 ** 20 },
    workingDir: '/data',
  }),
  defineImage({
    names: ['mongo', 'bitnami/mongodb'],
    base: 'ubuntu',
    cmd: ['mongod'],
    executables: {
      '/usr/bin/mongod': (process) =>
        listenSilently(process, 27_017, 'mongod', '{"s":"I","c":"NETWORK","msg":"Waiting for connections","attr":{"port":27017}}\n'),
    },
    size: 290_000_000,
    usage: { cpuMillicores: 5, memoryBytes: 160 * 2 ** 20 },
  }),
  defineImage({
    names: ['memcached', 'bitnami/memcached'],
    base: 'debian',
    cmd: ['memcached'],
    executables: { '/usr/local/bin/memcached': (process) => listenSilently(process, 11_211, 'memcached', '') },
    size: 33_000_000,
  }),
  defineImage({
    names: ['rabbitmq'],
    base: 'debian',
    cmd: ['rabbitmq-server'],
    executables: {
      '/usr/sbin/rabbitmq-server': (process) => listenSilently(process, 5672, 'rabbitmq', '  Starting broker... completed with 0 plugins.\n'),
    },
    size: 100_000_000,
  }),
  defineImage({
    names: ['registry'],
    base: 'alpine',
    cmd: ['registry'],
    executables: { '/bin/registry': (process) => listenSilently(process, 5000, 'registry', 'level=info msg="listening on [::]:5000"\n') },
    size: 10_000_000,
  }),
];

async function redisEntry(process: Process): Promise<number> {
  const [, first = 'redis-server', ...rest] = process.argv;
  if (first === 'redis-server' || first.startsWith('-') || first.endsWith('.conf')) return redisServer(process);
  return (await process.spawn({ argv: [first, ...rest] }).exited).code;
}

async function pgIsReady(process: Process): Promise<number> {
  const up = process.machine.network.listeners().some((l) => l.port === 5432);
  await process.print(`/var/run/postgresql:5432 - ${up ? 'accepting connections' : 'no response'}\n`);
  return up ? 0 : 2;
}
