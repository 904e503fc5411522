export interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** Host and, where it is not the scheme's own, port. */
  readonly authority: string;
  /** Path and query, as the request line has it. */
  readonly target: string;
  readonly href: string;
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, telnet: 23, ftp: 21 };

/** As curl and wget read addresses: http unless a scheme is named. */
export function parseUrl(text: string): Url | undefined {
  const [, scheme = 'http', authority = '', rest = ''] = /^(?:([a-zA-Z][\w+.-]*):\/\/)?([^/?#]*)([^#]*)/.exec(text.trim()) ?? [];
  const [, bracketed, plain, port] = /^(?:[^@]*@)?(?:\[([^\]]+)\]|([^:]*))(?::(\d*))?$/.exec(authority) ?? [];
  const host = bracketed ?? plain;
  if (!host || /\s/.test(text)) return undefined;
  const kind = scheme.toLowerCase();
  const number = port ? Number(port) : (PORTS[kind] ?? 80);
  if (number > 65_535) return undefined;
  const shown = bracketed ? `[${host}]` : host;
  const named = number === PORTS[kind] ? shown : `${shown}:${number}`;
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  return { scheme: kind, host, port: number, authority: named, target, href: `${kind}://${named}${target}` };
}
