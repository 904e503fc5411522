import { byCodePoint } from '../../../../../api/machinery/json.ts';
import type { ObjectMeta } from '../../../../../api/schema/generated/types.ts';
import type { Writer } from '../writer.ts';

type StringMap = Readonly<Record<string, string>> | undefined;

export function labelsMultiline(w: Writer, title: string, labels: StringMap, indent = ''): void {
  const lines = sortedEntries(labels).map(([key, value]) => `${key}=${value}`);
  if (lines.length === 0) w.write(0, `${indent}${title}:\t<none>\n`);
  else for (const [i, line] of lines.entries()) w.write(0, i === 0 ? `${indent}${title}:\t${line}\n` : `${indent}\t${line}\n`);
}

const longest = 140;
const hidden = 'kubectl.kubernetes.io/last-applied-configuration';

export function annotationsMultiline(w: Writer, title: string, annotations: StringMap, level = 0): void {
  const entries = sortedEntries(annotations).filter(([key]) => key !== hidden);
  w.write(level, `${title}:\t`);
  if (entries.length === 0) w.write(0, '<none>\n');
  for (const [i, [key, given]] of entries.entries()) {
    if (i > 0) w.write(0, '\t');
    const value = given.replace(/\n$/, '');
    if (value.length + key.length + 2 > longest || value.includes('\n')) {
      w.write(
        0,
        `${key}:\n${value
          .split('\n')
          .map((line) => `\t  ${shortened(line)}\n`)
          .join('')}`,
      );
    } else w.write(0, `${key}: ${value}\n`);
  }
}

const shortened = (line: string): string => (line.length > longest - 2 ? `${line.slice(0, longest - 2)}...` : line);

/** `a=b,c=d` or `<none>`. */
export const labelsInline = (labels: StringMap): string => {
  const entries = sortedEntries(labels);
  return entries.length === 0 ? '<none>' : entries.map(([key, value]) => `${key}=${value}`).join(',');
};

export const sortedEntries = <T>(map: Readonly<Record<string, T>> | undefined): [string, T][] =>
  Object.entries(map ?? {}).sort(([a], [b]) => byCodePoint(a, b));

export function nameAndNamespace(w: Writer, metadata: ObjectMeta | undefined): void {
  w.line(0, 'Name:', metadata?.name);
  w.line(0, 'Namespace:', metadata?.namespace);
}

export function labelsAndAnnotations(w: Writer, metadata: ObjectMeta | undefined): void {
  labelsMultiline(w, 'Labels', metadata?.labels);
  annotationsMultiline(w, 'Annotations', metadata?.annotations);
}

export function controlledBy(w: Writer, metadata: ObjectMeta | undefined): void {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
  if (owner) w.line(0, 'Controlled By:', `${owner.kind}/${owner.name}`);
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

/** As Go's RFC1123Z in UTC; no time at all is the year one. */
export function longTime(time: string | undefined | null): string {
  if (!time) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const t = new Date(time);
  const clock = `${two(t.getUTCHours())}:${two(t.getUTCMinutes())}:${two(t.getUTCSeconds())}`;
  return `${days[t.getUTCDay()]}, ${two(t.getUTCDate())} ${months[t.getUTCMonth()]} ${t.getUTCFullYear()} ${clock} +0000`;
}

/** As Go's %s prints a time. */
export function goTime(time: string | undefined): string {
  return `${(time ?? '0001-01-01T00:00:00Z').replace('T', ' ').replace(/(\.\d+)?Z$/, '')} +0000 UTC`;
}

export const goBool = (value: boolean | undefined): string => (value ? 'True' : 'False');
export const goList = (values: readonly unknown[] | undefined): string => `[${(values ?? []).join(' ')}]`;
