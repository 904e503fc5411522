import { expect, it } from 'vitest';
import { createKubectl } from '../../../src/terminal/kubectl/kubectl.ts';
import { createWorld } from './run-kubectl.ts';

it.each<[string, string, string[]]>([
  ['a type', 'get nod', ['nodes']],
  ['a type of a group', 'get deploy', ['deployments.apps']],
  ['a namespace', '-n kube-s', ['kube-system']],
  ['a namespace after =', 'get po --namespace=kube-s', ['--namespace=kube-system']],
  ['an output format', 'get po -o ya', ['yaml']],
  ['a value after =', 'run x --dry-run=cl', ['--dry-run=client']],
  ['a subverb', 'create dep', ['deployment']],
  ['a flag', 'get --field-s', ['--field-selector=']],
])('completes %s', async (_, line, want) => {
  const { machine, run } = createWorld();
  await run(['create', 'namespace', 'kube-system']);
  const process = machine.processes.start({
    program: {
      name: 'probe',
      run: async (self) => {
        const found = await createKubectl().complete?.({ words: ['kubectl', ...line.split(' ')], process: self });
        expect(found).toEqual(want);
        return 0;
      },
    },
    argv: ['probe'],
    env: new Map([['HOME', '/root']]),
    cwd: '/root',
    credentials: { uid: 0, gid: 0, groups: [], user: 'root', home: '/root' },
  });
  expect((await process.exited).code).toBe(0);
});
