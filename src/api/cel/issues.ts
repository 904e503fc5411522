export interface Issue {
  readonly at: number;
  readonly message: string;
}

/** As cel-go prints errors: place, message, the line, and a mark below it. */
export function showIssues(source: string, issues: readonly Issue[]): string {
  const placed = issues.map((issue) => ({ ...place(source, issue.at), message: issue.message }));
  placed.sort((a, b) => a.line - b.line || a.column - b.column);
  return placed
    .map(({ line, column, text, message }) => `ERROR: <input>:${line}:${column + 1}: ${message}\n | ${text}\n | ${'.'.repeat(column)}^`)
    .join('\n');
}

function place(source: string, at: number): { line: number; column: number; text: string } {
  const before = source.slice(0, at);
  const line = before.split('\n').length;
  const start = before.lastIndexOf('\n') + 1;
  return { line, column: [...source.slice(start, at)].length, text: (source.split('\n')[line - 1] ?? '').replaceAll('\t', ' ') };
}
