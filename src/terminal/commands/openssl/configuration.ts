/** An openssl configuration: its sections, each a list of `name = value` in order; what stands before the first is `default`. */
export type Configuration = ReadonlyMap<string, readonly (readonly [name: string, value: string])[]>;

export function parseConfiguration(text: string): Configuration {
  const sections = new Map<string, [string, string][]>([['default', []]]);
  let current = 'default';
  for (const raw of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const line = raw.replace(/(^|[^\\])#.*$/, '$1').trim();
    const section = /^\[\s*([^\]]*?)\s*\]$/.exec(line)?.[1];
    if (section !== undefined) {
      current = section;
      if (!sections.has(section)) sections.set(section, []);
      continue;
    }
    const pair = /^([^=]+?)\s*=\s*(.*)$/.exec(line);
    if (pair) sections.get(current)?.push([pair[1] ?? '', expand(sections, current, unquote(pair[2] ?? ''))]);
  }
  return sections;
}

const unquote = (value: string): string => value.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single);

const expand = (sections: ReadonlyMap<string, [string, string][]>, current: string, value: string): string =>
  value.replace(/\$\{?(?:(\w+)::)?(\w+)\}?/g, (_, section: string | undefined, name: string) => {
    const lookIn = section ? [section] : [current, 'default'];
    return lookIn.map((one) => sections.get(one)?.findLast(([key]) => key === name)?.[1]).find((found) => found !== undefined) ?? '';
  });

export const entry = (configuration: Configuration | undefined, section: string, name: string): string | undefined =>
  configuration?.get(section)?.findLast(([key]) => key === name)?.[1];
