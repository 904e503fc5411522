export interface Edit {
  readonly kind: 'same' | 'removed' | 'added';
  /** Index in the first text, and in the second, at which the edit happens. */
  readonly a: number;
  readonly b: number;
}

export interface Hunk {
  readonly aFrom: number;
  readonly aCount: number;
  readonly bFrom: number;
  readonly bCount: number;
  readonly edits: readonly Edit[];
}

/** The shortest edit script (Myers). */
export function diffLines(a: readonly string[], b: readonly string[]): Edit[] {
  const trace = search(a, b);
  const edits: Edit[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d--) {
    const frontier = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (frontier.get(k - 1) ?? 0) < (frontier.get(k + 1) ?? 0));
    const previousK = down ? k + 1 : k - 1;
    const previousX = d === 0 ? 0 : (frontier.get(previousK) ?? 0);
    const previousY = d === 0 ? 0 : previousX - previousK;
    while (x > previousX && y > previousY) edits.push({ kind: 'same', a: --x, b: --y });
    if (d === 0) break;
    edits.push(down ? { kind: 'added', a: x, b: --y } : { kind: 'removed', a: --x, b: y });
  }
  return removalsFirst(edits.reverse());
}

/** The furthest points reached, before each step, by diagonal. */
function search(a: readonly string[], b: readonly string[]): Map<number, number>[] {
  const trace: Map<number, number>[] = [];
  let frontier = new Map([[1, 0]]);
  for (let d = 0; d <= a.length + b.length; d++) {
    trace.push(new Map(frontier));
    const next = new Map(frontier);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (next.get(k - 1) ?? 0) < (next.get(k + 1) ?? 0));
      let x = down ? (next.get(k + 1) ?? 0) : (next.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return trace;
    }
    frontier = next;
  }
  return trace;
}

/** Within a run of changes, what goes is shown before what comes. */
function removalsFirst(edits: readonly Edit[]): Edit[] {
  const out: Edit[] = [];
  let run: Edit[] = [];
  const flush = () => {
    const removed = run.filter(({ kind }) => kind === 'removed');
    out.push(...removed, ...run.filter(({ kind }) => kind === 'added'));
    run = [];
  };
  for (const edit of edits) {
    if (edit.kind !== 'same') run.push(edit);
    else {
      flush();
      out.push(edit);
    }
  }
  flush();
  return out;
}

/** Groups changes with so many lines of context around them. */
export function hunksOf(edits: readonly Edit[], context: number): Hunk[] {
  const changes = edits.flatMap(({ kind }, i) => (kind === 'same' ? [] : [i]));
  const spans: [number, number][] = [];
  for (const at of changes) {
    const from = Math.max(0, at - context);
    const to = Math.min(edits.length - 1, at + context);
    const last = spans.at(-1);
    if (last && from <= last[1] + 1) last[1] = to;
    else spans.push([from, to]);
  }
  return spans.map(([from, to]) => hunk(edits, from, to));
}

function hunk(all: readonly Edit[], from: number, to: number): Hunk {
  const edits = all.slice(from, to + 1);
  const before = all.slice(0, from);
  const count = (list: readonly Edit[], without: Edit['kind']) => list.filter(({ kind }) => kind !== without).length;
  return { aFrom: count(before, 'added'), bFrom: count(before, 'removed'), aCount: count(edits, 'added'), bCount: count(edits, 'removed'), edits };
}
