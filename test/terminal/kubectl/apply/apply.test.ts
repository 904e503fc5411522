import { describe, expect, test } from 'vitest';
import { createWorld } from '../run-kubectl.ts';

const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {a: one, b: two}\n';

describe('apply', () => {
  test('creates, leaves alone, changes, and takes away what it once set', async () => {
    const { machine, run } = createWorld();
    machine.files.write('/root/m.yaml', manifest);
    expect((await run(['apply', '-f', 'm.yaml'])).stdout).toBe('configmap/m created\n');
    expect((await run(['apply', '-f', 'm.yaml'])).stdout).toBe('configmap/m unchanged\n');
    machine.files.write('/root/m.yaml', manifest.replace(', b: two', ''));
    expect((await run(['apply', '-f', 'm.yaml', '--dry-run=server'])).stdout).toBe('configmap/m configured (server dry run)\n');
    expect((await run(['apply', '-f', 'm.yaml'])).stdout).toBe('configmap/m configured\n');
    expect((await run(['get', 'cm', 'm', '-o', 'jsonpath={.data}'])).stdout).toBe('{"a":"one"}');
  });

  const refusals: readonly [string, readonly string[], string][] = [
    ['nothing to apply', [], 'error: must specify one of -f and -k\n'],
    ['conflicts without a server', ['-f', 'm.yaml', '--force-conflicts'], 'error: --force-conflicts only works with --server-side\n'],
    ['a file that is not there', ['-f', 'n.yaml'], 'error: the path "n.yaml" does not exist\n'],
  ];
  test.each(refusals)('%s', async (_name, args, want) => {
    const { machine, run } = createWorld();
    machine.files.write('/root/m.yaml', manifest);
    expect(await run(['apply', ...args])).toEqual({ code: 1, stdout: '', stderr: want });
  });
});
