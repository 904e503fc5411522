import type { ApiRequest } from '../../../../api/client/transport.ts';
import { StatusError } from '../../../../api/machinery/status-error.ts';
import type { HttpRequest, HttpResponse } from '../../../../machine/network.ts';
import { defineVerb } from '../../define-verb.ts';
import { messageOf, UsageError } from '../../errors.ts';
import { int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';

/** Answers on a local port with this user's rights, until it is stopped. */
export const proxy = defineVerb({
  name: 'proxy',
  group: 'Troubleshooting and Debugging Commands',
  flags: {
    address: string('', 'Address to listen on.', { default: '127.0.0.1' }),
    'api-prefix': string('', 'Path below which the API is served.', { default: '/' }),
    port: int('p', 'Port to listen on.', { default: 8001 }),
  },
  help: {
    usage: 'proxy [--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]',
    short: 'Run a proxy to the Kubernetes API server',
    examples: [['All of the API on port 8001', 'kubectl proxy']],
  },
  async run(kubectl, options) {
    const prefix = options['api-prefix'].replace(/\/$/, '');
    const http = (request: HttpRequest) => forward(kubectl, request, prefix);
    const listening = listen(kubectl, options, http);
    try {
      await kubectl.print(`Starting to serve on ${options.address}:${options.port}\n`);
      await new Promise<void>((resolve) => kubectl.process.signal.addEventListener('abort', () => resolve(), { once: true }));
    } finally {
      listening.close();
    }
    return undefined;
  },
});

function listen(kubectl: Invocation, { port, address }: { port: number; address: string }, http: (request: HttpRequest) => Promise<HttpResponse>) {
  try {
    return kubectl.process.machine.network.listen(port, { name: 'kubectl', http }, { address });
  } catch (error) {
    throw new UsageError(`listen tcp ${address}:${port}: bind: ${messageOf(error).toLowerCase()}`);
  }
}

async function forward(kubectl: Invocation, request: HttpRequest, prefix: string): Promise<HttpResponse> {
  const path = request.path.startsWith(prefix) ? request.path.slice(prefix.length) || '/' : request.path;
  const { accept = 'application/json', ...others } = request.headers ?? {};
  const { authorization: _own, ...headers } = others;
  try {
    return await kubectl.api.send({ ...(request as ApiRequest), path, headers: { ...headers, accept } });
  } catch (error) {
    if (error instanceof StatusError) return { status: error.code, headers: { 'content-type': 'application/json' }, body: error.status };
    return { status: 502, headers: { 'content-type': 'text/plain' }, body: `${messageOf(error)}\n` };
  }
}
