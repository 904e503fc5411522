import { type Machine, NetworkError } from '../../machine/index.ts';
import type { Answer } from '../grading/index.ts';

const WORDS: Partial<Record<NetworkError['code'], string>> = {
  ECONNREFUSED: 'connection refused',
  ETIMEDOUT: 'timed out',
  EHOSTUNREACH: 'no route to host',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'name server does not answer',
};

/** Sends one HTTP GET from a machine. Never rejects for what the network did: that is part of the answer. */
export async function fetchFrom(machine: Machine, url: string, { headers = {}, timeoutMs = 2_000 } = {}): Promise<Answer> {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  try {
    const connection = await machine.network.connect(
      { host: hostname, port: port ? Number(port) : protocol === 'https:' ? 443 : 80 },
      { timeout: timeoutMs },
    );
    if (!connection.service.http) return { ok: false, status: 0, body: '', error: 'not an HTTP server' };
    const response = await connection.service.http({
      method: 'GET',
      path: pathname,
      query: Object.fromEntries(new URLSearchParams(search)),
      headers: { host: hostname, 'user-agent': 'kubeproctor', ...headers },
      remoteAddress: connection.local.address,
    });
    return { ok: response.status < 400, status: response.status, body: await bodyText(response) };
  } catch (error) {
    if (error instanceof NetworkError) return { ok: false, status: 0, body: '', error: WORDS[error.code] ?? error.message };
    throw error;
  }
}

async function bodyText({ body, bytes }: { body?: unknown; bytes?: AsyncIterable<Uint8Array> }): Promise<string> {
  if (bytes) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }
  if (body === undefined) return '';
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : JSON.stringify(body);
}
