import type { Invocation } from '../invocation.ts';

/** A free path in the folder for temporary files; `*` becomes a number, as Go's os.CreateTemp draws it. */
export function temporaryPath({ process, files }: Invocation, pattern: string): string {
  const folder = process.env.get('TMPDIR') || '/tmp';
  for (;;) {
    const path = `${folder}/${pattern.replace('*', String(process.clock.random.int(2 ** 32)))}`;
    if (!files.exists(path)) return path;
  }
}
