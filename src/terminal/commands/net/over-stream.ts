import { type ByteStream, type HttpResponse, NetworkError } from '../../../machine/index.ts';
import type { ExchangeRequest } from './http.ts';

/** HTTP by bytes, to a server behind a forwarded port or one that takes the stream as it is. */
export async function askOverStream(stream: ByteStream, request: ExchangeRequest): Promise<HttpResponse> {
  await stream.write(new TextEncoder().encode(requestText(request)));
  let received: Buffer = Buffer.alloc(0);
  for (;;) {
    const chunk = await stream.read();
    if (chunk === null) throw new NetworkError('ECONNRESET', 'Connection reset by peer');
    received = Buffer.concat([received, chunk]);
    const end = received.indexOf('\r\n\r\n');
    if (end < 0) continue;
    const { status, headers } = parseHead(received.subarray(0, end).toString());
    return { status, headers, bytes: rest(stream, received.subarray(end + 4), Number(headers['content-length'] ?? Number.POSITIVE_INFINITY)) };
  }
}

function requestText({ method, url, headers, body = '' }: ExchangeRequest): string {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const given = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const length = body && !names.includes('content-length') ? [`content-length: ${Buffer.byteLength(body)}`] : [];
  const host = names.includes('host') ? [] : [`host: ${url.host}`];
  return [`${method} ${url.target || '/'} HTTP/1.1`, ...host, ...given, ...length, '', body].join('\r\n');
}

function parseHead(text: string): Pick<HttpResponse, 'status' | 'headers'> {
  const [first = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1];
  if (!status) throw new NetworkError('ECONNRESET', 'Connection reset by peer');
  const pairs = lines.map((line): [string, string] => [line.split(':')[0]?.toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]);
  return { status: Number(status), headers: Object.fromEntries(pairs) };
}

async function* rest(stream: ByteStream, begun: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  let left = length;
  for (let chunk: Uint8Array | null = begun; chunk && left > 0; chunk = left > 0 ? await stream.read() : null) {
    const taken = chunk.subarray(0, Math.min(chunk.length, left));
    left -= taken.length;
    if (taken.length > 0) yield taken;
  }
  stream.end();
}
