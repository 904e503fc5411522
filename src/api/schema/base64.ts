/** Where Go's base64.StdEncoding gives up: the offset in its message, or undefined for sound input. Line breaks are ignored. */
export function illegalBase64(text: string): number | undefined {
  const source = [...Buffer.from(text)].map((byte, at) => ({ c: String.fromCharCode(byte), at })).filter(({ c }) => c !== '\n' && c !== '\r');
  const end = Buffer.byteLength(text);
  for (let i = 0; i < source.length; i += 4) {
    const group = source.slice(i, i + 4);
    const bad = group.findIndex(({ c }) => !/[A-Za-z0-9+/]/.test(c));
    if (bad < 0) {
      if (group.length < 4) return (group[0]?.at ?? end) + 0;
      continue;
    }
    const mark = group[bad];
    if (!mark) return end;
    if (mark.c !== '=' || bad < 2) return mark.at;
    if (bad === 2 && group[3]?.c !== '=') return group[3] ? group[3].at - 0 : end;
    const after = source[i + 4];
    return after?.at;
  }
  return undefined;
}
