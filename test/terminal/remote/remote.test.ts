import { expect, it } from 'vitest';
import { VirtualClock } from '../../../src/clock/index.ts';
import { createBuffer, createMachine, type Program, sourceOf } from '../../../src/machine/index.ts';
import { type Neighbour, remoteCommands } from '../../../src/terminal/remote/index.ts';
import { bash, sh } from '../../../src/terminal/shell/index.ts';
import { Terminal } from '../../../src/terminal/tty/index.ts';
import { utilities } from '../shell/utilities.ts';

const programs = new Map<string, Program>([
  ...(await utilities()),
  ...remoteCommands.flatMap((c) => c.names.map((name): [string, Program] => [name, c])),
  ['bash', bash],
  ['sh', sh],
]);

function world() {
  const clock = new VirtualClock({ start: 0, seed: 1 });
  const base = createMachine({ hostname: 'base', clock, programs, firstPid: 100 });
  const node = createMachine({ hostname: 'node01', clock, programs, firstPid: 100 });
  const candidate = base.users.add({ name: 'candidate', uid: 1000, groups: ['sudo'] });
  node.users.add({ name: 'candidate', uid: 1000, groups: ['sudo'] });
  base.facilities.set('ssh', new Map<string, Neighbour>([['node01', { machine: node, user: 'candidate' }]]));
  return { clock, base, node, login: { credentials: candidate, env: new Map([['HOME', '/home/candidate']]), cwd: '/home/candidate' } };
}

async function run(script: string) {
  const { clock, base, login } = world();
  const stdout = createBuffer();
  const stderr = createBuffer();
  const process = base.processes.start({ ...login, argv: ['bash', '-c', script], stdin: sourceOf(''), stdout, stderr });
  const ended = await clock.runUntil(process.exited, 10_000);
  return { stdout: stdout.text(), stderr: stderr.text(), code: ended?.value.code };
}

it.each<[string, { stdout: string; stderr: string; code: number }]>([
  ['ssh node01 hostname', { stdout: 'node01\n', stderr: '', code: 0 }],
  ['ssh node01 "exit 3"', { stdout: '', stderr: '', code: 3 }],
  ['ssh -o StrictHostKeyChecking=no root@node01 whoami', { stdout: 'root\n', stderr: '', code: 0 }],
  ['ssh nowhere', { stdout: '', stderr: 'ssh: Could not resolve hostname nowhere: Name or service not known\n', code: 255 }],
  ['ssh nobody2@node01', { stdout: '', stderr: 'nobody2@node01: Permission denied (publickey).\n', code: 255 }],
  ['echo data | ssh node01 "cat > f; cat f"', { stdout: 'data\n', stderr: '', code: 0 }],
  ['echo a > f; scp f node01:/tmp/g; ssh node01 cat /tmp/g; scp node01:/tmp/g h; cat h', { stdout: 'a\na\n', stderr: '', code: 0 }],
  ['scp nofile node01:', { stdout: '', stderr: 'scp: stat local "nofile": No such file or directory\n', code: 1 }],
  ['sudo whoami; sudo -u candidate whoami; whoami', { stdout: 'root\ncandidate\ncandidate\n', stderr: '', code: 0 }],
  ['sudo -i pwd; sudo bash -c "echo \\$HOME"', { stdout: '/root\n/root\n', stderr: '', code: 0 }],
  ['sudo nosuch', { stdout: '', stderr: 'sudo: nosuch: command not found\n', code: 1 }],
  ['echo x > /etc/y; echo x | sudo tee /etc/y', { stdout: 'x\n', stderr: 'bash: line 1: /etc/y: Permission denied\n', code: 0 }],
])('%s', async (script, want) => expect(await run(script)).toEqual(want));

it('logs in on a terminal and comes back', async () => {
  const { clock, base, login } = world();
  const tty = new Terminal({ kill: (pgid, signal) => base.processes.kill(-pgid, signal) });
  let shown = '';
  tty.onOutput((text) => {
    shown += text;
  });
  const streams = { stdin: tty.source, stdout: tty.sink, stderr: tty.sink, tty };
  const process = base.processes.start({ ...login, ...streams, argv: ['bash'] });
  for (const line of ['ssh node01\r', 'sudo -i\r', 'sleep 100\r', '\x03', 'hostname; whoami\r', 'exit\r', 'exit\r', 'hostname\r', 'exit\r']) {
    await clock.advance(20);
    tty.input(line);
    await clock.advance(20);
  }
  await clock.advance(20);
  const plain = shown.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replace(/\r/g, '');
  expect([plain.match(/Connection to node01 closed\./g)?.length, plain.match(/^(node01|base|root|logout|exit)$/gm), process.state]).toEqual([
    1,
    ['node01', 'root', 'logout', 'logout', 'base', 'exit'],
    'ended',
  ]);
});
