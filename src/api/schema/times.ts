const LAYOUT = { plain: '2006-01-02T15:04:05Z07:00', micro: '2006-01-02T15:04:05.000000Z07:00' } as const;

/** The pieces of the layout in the order in which Go checks them. */
const PIECES: readonly (readonly [string, RegExp])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/],
  ['-', /^-/],
  ['02', /^\d\d/],
  ['T', /^T/],
  ['15', /^\d\d/],
  [':', /^:/],
  ['04', /^\d\d/],
  [':', /^:/],
  ['05', /^\d\d(?:[.,]\d+)?/],
  ['Z07:00', /^(?:Z|[-+]\d\d:\d\d)/],
];

/** The usual form, in which nothing can be out of range. */
const SOUND = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:\d\d(?:\.\d+)?Z$/;

/** What time.Parse says of a text that is no RFC 3339 time; undefined for a sound one. */
export function timeError(text: string, micro: boolean): string | undefined {
  if (SOUND.test(text)) return undefined;
  const layout = micro ? LAYOUT.micro : LAYOUT.plain;
  const head = `parsing time ${JSON.stringify(text)}`;
  let rest = text;
  for (const [piece, pattern] of PIECES) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) return `${head} as ${JSON.stringify(layout)}: cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(piece)}`;
    rest = rest.slice(found.length);
  }
  if (rest !== '') return `${head}: extra text: ${JSON.stringify(rest)}`;
  const [, month = 0, day = 0, hour = 0, minute = 0] = (text.match(/\d+/g) ?? []).map(Number);
  if (month < 1 || month > 12) return `${head}: month out of range`;
  if (day < 1 || day > 31) return `${head}: day out of range`;
  if (hour > 23) return `${head}: hour out of range`;
  return minute > 59 ? `${head}: minute out of range` : undefined;
}
