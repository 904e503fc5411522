import type { HttpRequest, HttpResponse, Listening, Process, Service } from '../../machine/index.ts';

/** Ends the process in good order (exit code 0) when the stop signal comes; otherwise waits for ever. */
export function untilStopped(process: Process, farewell?: () => Promise<void> | void): Promise<number> {
  return new Promise((resolve, reject) => {
    const stop = async () => {
      await farewell?.();
      resolve(0);
    };
    for (const signal of ['SIGTERM', 'SIGQUIT', 'SIGINT'] as const) process.on(signal, () => void stop());
    process.signal.addEventListener('abort', () => reject(process.signal.reason), { once: true });
  });
}

export type Handler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

export const httpService = (name: string, handler: Handler): Service => ({ name, http: async (request) => handler(request) });

/** Listens on one port and serves until stopped. */
export async function serveHttp(process: Process, port: number, name: string, handler: Handler): Promise<number> {
  const listening = process.machine.network.listen(port, httpService(name, handler));
  return finallyClose([listening], untilStopped(process));
}

export async function finallyClose<T>(listening: readonly Listening[], work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    for (const one of listening) one.close();
  }
}

/** `-port 80`, `--port=80`: the value of an option among the arguments. */
export function option(argv: readonly string[], ...names: readonly string[]): string | undefined {
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? '';
    for (const name of names) {
      if (word === name) return argv[i + 1];
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
    }
  }
  return undefined;
}

export const text = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body,
});

/** The full path and query as a client wrote them. */
export function requestTarget({ path, query = {} }: HttpRequest): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (typeof value === 'string' ? [value] : value).map((v) => (v === '' ? key : `${key}=${v}`)),
  );
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}
