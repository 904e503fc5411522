import type { ByteStream, HttpResponse, Service } from '../../machine/index.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A byte stream to a service: its own, or, for one that only answers HTTP requests, a translator between text and requests. */
export function streamTo(service: Service, remoteAddress: string): ByteStream {
  const [near, far] = streamPair();
  if (service.accept) service.accept(far);
  else if (service.http) void speakHttp(service, far, remoteAddress);
  return near;
}

/** Two ends of one connection. */
export function streamPair(): [ByteStream, ByteStream] {
  const there = lane();
  const back = lane();
  return [
    { read: back.read, write: there.write, end: there.end },
    { read: there.read, write: back.write, end: back.end },
  ];
}

function lane() {
  const waiting: ((chunk: Uint8Array | null) => void)[] = [];
  const chunks: (Uint8Array | null)[] = [];
  const put = (chunk: Uint8Array | null) => {
    const reader = waiting.shift();
    if (reader) reader(chunk);
    else chunks.push(chunk);
  };
  return {
    read: () =>
      new Promise<Uint8Array | null>((resolve) => {
        const chunk = chunks[0];
        if (chunk === undefined) waiting.push(resolve);
        else {
          if (chunk !== null) chunks.shift();
          resolve(chunk);
        }
      }),
    write: async (data: Uint8Array) => {
      if (data.length > 0) put(data);
    },
    end: () => put(null),
  };
}

async function speakHttp(service: Service, stream: ByteStream, remoteAddress: string): Promise<void> {
  let text = '';
  for (;;) {
    const chunk = await stream.read();
    if (chunk === null) return stream.end();
    text += decoder.decode(chunk);
    const end = /\r?\n\r?\n/.exec(text);
    if (!end) continue;
    const request = parseHead(text.slice(0, end.index));
    const body = text.slice(end.index + end[0].length);
    if (body.length < Number(request?.headers['content-length'] ?? 0)) continue;
    const response = request
      ? ((await service.http?.({ ...request, body, remoteAddress })) ?? { status: 501, headers: {} })
      : { status: 400, headers: {}, body: 'Bad Request\n' };
    await stream.write(encoder.encode(await formatResponse(response)));
    return stream.end();
  }
}

function parseHead(head: string) {
  const [first = '', ...lines] = head.split(/\r?\n/);
  const match = /^([A-Z]+) (\S+)(?: HTTP\/1\.[01])?$/.exec(first);
  if (!match) return undefined;
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const [path = '/', query = ''] = (match[2] ?? '/').split('?');
  return { method: match[1] ?? 'GET', path, query: Object.fromEntries(new URLSearchParams(query)), headers };
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

export const reasonPhrase = (status: number): string => REASONS[status] ?? '';

export async function bodyText({ body, bytes }: Pick<HttpResponse, 'body' | 'bytes'>): Promise<string> {
  if (bytes) {
    let text = '';
    for await (const chunk of bytes) text += decoder.decode(chunk, { stream: true });
    return text;
  }
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? decoder.decode(body) : JSON.stringify(body);
}

async function formatResponse(response: HttpResponse): Promise<string> {
  const body = await bodyText(response);
  const headers = { ...response.headers, 'content-length': String(encoder.encode(body).length), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${capitalised(name)}: ${value}`);
  return [`HTTP/1.1 ${response.status} ${reasonPhrase(response.status)}`, ...lines, '', body].join('\r\n');
}

const capitalised = (name: string) => name.replace(/(^|-)([a-z])/g, (match) => match.toUpperCase());
