export interface PemBlock {
  /** `CERTIFICATE`, `RSA PRIVATE KEY` … */
  readonly label: string;
  readonly der: Buffer;
}

export function toPem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Every block of a text; whatever stands around them is ignored. */
export function readPem(text: string): PemBlock[] {
  const pattern = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\s]*?)-----END \1-----/g;
  return [...text.matchAll(pattern)].map(([, label = '', body = '']) => ({ label, der: Buffer.from(body, 'base64') }));
}

export const findPem = (text: string, label: string): PemBlock | undefined => readPem(text).find((block) => block.label === label);
