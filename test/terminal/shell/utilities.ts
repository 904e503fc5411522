import type { Program } from '../../../src/machine/index.ts';

const FILES = [
  'cat',
  'chmod',
  'cut',
  'diff',
  'dump',
  'echo',
  'sed/sed',
  'sed/command',
  'env',
  'grep',
  'head',
  'identity',
  'ln',
  'ls',
  'mkdir',
  'names',
  'rm',
  'sed',
  'seq',
  'sleep',
  'sort',
  'tail',
  'tee',
  'touch',
  'tr',
  'wc',
  'yes',
  'hostname',
  'whoami',
  'repeat',
  'print',
  'accounts',
  'attributes',
];

const isCommand = (value: unknown): value is Program & { names: readonly string[] } =>
  typeof value === 'object' && value !== null && 'run' in value && 'names' in value && Array.isArray(value.names);

/** The few utilities that shell tests need, whatever state the others are in. */
export async function utilities(): Promise<[string, Program][]> {
  const found: [string, Program][] = [];
  for (const file of FILES) {
    const path = `../../../src/terminal/commands/${file}`;
    const module: Record<string, unknown> = await import(/* @vite-ignore */ `${path}.ts`)
      .catch(() => import(/* @vite-ignore */ `${path}/index.ts`))
      .catch(() => ({}));
    for (const value of Object.values(module)) if (isCommand(value)) for (const name of value.names) found.push([name, value]);
  }
  return found;
}
