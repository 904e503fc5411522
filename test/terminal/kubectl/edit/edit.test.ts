import { describe, expect, test } from 'vitest';
import type { Process } from '../../../../src/machine/index.ts';
import { createWorld } from '../run-kubectl.ts';

const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {a: one}\n';

/** A world whose vi does the same replacement every time it is opened. */
async function worldWithEditor(pattern: RegExp, replacement: string) {
  const world = createWorld();
  const run = (process: Process): number => {
    const path = process.argv[1] ?? '';
    world.machine.files.write(path, world.machine.files.readText(path).replace(pattern, replacement));
    return 0;
  };
  world.machine.files.mkdir('/usr/bin', { recursive: true });
  world.machine.files.install('/usr/bin/vi', { name: 'vi', run });
  world.machine.files.write('/root/m.yaml', manifest);
  await world.run(['create', '-f', 'm.yaml']);
  return world;
}

const cases: readonly [string, RegExp, string, { code: number; stdout: string; stderr: string }][] = [
  ['a change', /a: one/, 'a: two', { code: 0, stdout: 'configmap/m edited\n', stderr: '' }],
  ['no change', /never/, '', { code: 0, stdout: '', stderr: 'Edit cancelled, no changes made.\n' }],
  ['only comments', /^/, '# hello\n', { code: 0, stdout: '', stderr: 'Edit cancelled, no changes made.\n' }],
  [
    'another name',
    /name: m/,
    'name: other',
    {
      code: 1,
      stdout: '',
      stderr: 'A copy of your changes has been stored to "<file>"\nerror: At least one of apiVersion, kind and name was changed\n',
    },
  ],
  [
    'no kind',
    /kind: ConfigMap\n/,
    '',
    {
      code: 1,
      stdout: '',
      stderr:
        'error: configmaps "m" is invalid\nA copy of your changes has been stored to "<file>"\nerror: Edit cancelled, no valid changes were saved.\n',
    },
  ],
];

describe('edit', () => {
  test.each(cases)('%s', async (_name, pattern, replacement, want) => {
    const world = await worldWithEditor(pattern, replacement);
    const { code, stdout, stderr } = await world.run(['edit', 'configmap', 'm']);
    expect({ code, stdout, stderr: stderr.replace(/\/tmp\/kubectl-edit-\d+\.yaml/, '<file>') }).toEqual(want);
  });
});
