type Edit = 'equal' | 'delete' | 'insert';

interface Step {
  readonly edit: Edit;
  readonly line: string;
}

const CONTEXT = 3;

/** The difference of two values' JSON, one space per level, as a unified diff without file names. */
export const jsonDiff = (a: unknown, b: unknown): string =>
  unifiedDiff(JSON.stringify(a, null, 1).split('\n'), JSON.stringify(b, null, 1).split('\n'));

export function unifiedDiff(a: readonly string[], b: readonly string[]): string {
  const steps = editScript(a, b);
  return hunks(steps).map(renderHunk(steps)).join('');
}

/** The longest common subsequence, deletions before insertions. */
function editScript(a: readonly string[], b: readonly string[]): Step[] {
  const prefix = commonLength(a, b, (i) => [a[i], b[i]]);
  const rest = Math.min(a.length, b.length) - prefix;
  const suffix = Math.min(
    rest,
    commonLength(a, b, (i) => [a[a.length - 1 - i], b[b.length - 1 - i]]),
  );
  const middleA = a.slice(prefix, a.length - suffix);
  const middleB = b.slice(prefix, b.length - suffix);
  const equal = (line: string): Step => ({ edit: 'equal', line });
  return [...a.slice(0, prefix).map(equal), ...middleScript(middleA, middleB), ...a.slice(a.length - suffix).map(equal)];
}

function commonLength(a: readonly string[], b: readonly string[], pair: (i: number) => [string | undefined, string | undefined]): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most) {
    const [left, right] = pair(length);
    if (left !== right) break;
    length++;
  }
  return length;
}

function middleScript(a: readonly string[], b: readonly string[]): Step[] {
  const longest = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = longest[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      steps.push({ edit: 'equal', line: left });
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ edit: 'delete', line: left });
      i++;
    } else if (right !== undefined) {
      steps.push({ edit: 'insert', line: right });
      j++;
    }
  }
  return steps;
}

/** Index ranges of the steps that belong together: changes no more than two contexts apart. */
function hunks(steps: readonly Step[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const [i, { edit }] of steps.entries()) {
    if (edit === 'equal') continue;
    const last = ranges.at(-1);
    if (last && i - CONTEXT <= last[1]) last[1] = Math.min(steps.length, i + 1 + CONTEXT);
    else ranges.push([Math.max(0, i - CONTEXT), Math.min(steps.length, i + 1 + CONTEXT)]);
  }
  return ranges;
}

const renderHunk =
  (steps: readonly Step[]) =>
  ([from, to]: [number, number]): string => {
    const count = (part: readonly Step[], without: Edit) => part.filter(({ edit }) => edit !== without).length;
    const before = steps.slice(0, from);
    const inside = steps.slice(from, to);
    const range = (without: Edit) => rangeText(count(before, without), count(inside, without));
    const sign = { equal: ' ', delete: '-', insert: '+' };
    return `@@ -${range('insert')} +${range('delete')} @@\n${inside.map(({ edit, line }) => `${sign[edit]}${line}\n`).join('')}`;
  };

function rangeText(start: number, length: number): string {
  if (length === 1) return String(start + 1);
  return `${length === 0 ? start : start + 1},${length}`;
}
