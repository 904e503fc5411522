import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execa } from 'execa';

/** Opens a copy of a text in the user's own editor. `text` is null where nothing was saved. */
export async function editOwn(text: string, name: string): Promise<{ text: string | null; code: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'kubeproctor-'));
  const file = join(folder, basename(name) || 'file');
  try {
    writeFileSync(file, text, { mode: 0o600 });
    const before = statSync(file).mtimeMs;
    const [command = 'vi', ...args] = (process.env.VISUAL ?? process.env.EDITOR ?? 'vi').split(/\s+/);
    const { exitCode = 1 } = await execa(command, [...args, file], { stdio: 'inherit', reject: false });
    const saved = readFileSync(file, 'utf8');
    return { text: saved === text && statSync(file).mtimeMs === before ? null : saved, code: exitCode };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
