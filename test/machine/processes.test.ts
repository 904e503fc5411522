import { expect, it } from 'vitest';
import { VirtualClock } from '../../src/clock/index.ts';
import { createBuffer, createMachine, createPipe, type Process, type Program } from '../../src/machine/index.ts';

const root = { uid: 0, gid: 0, groups: [], user: 'root', home: '/root' };
const program = (name: string, run: (process: Process) => number | Promise<number>): Program => ({ name, run });

function world(programs: Program[] = []) {
  const clock = new VirtualClock({ start: 0, seed: 1 });
  const machine = createMachine({ hostname: 'box', clock, programs: new Map(programs.map((p) => [p.name, p])) });
  const stdout = createBuffer();
  const stderr = createBuffer();
  const start = (run: (process: Process) => number | Promise<number>, argv = ['test']) =>
    machine.processes.start({ program: program('test', run), argv, credentials: root, env: new Map(), cwd: '/', stdout, stderr });
  return { clock, machine, stdout, stderr, start };
}

it('ends with the exit code', async () => {
  const { clock, start } = world();
  expect(await clock.runUntil(start(() => 7).exited)).toEqual({ value: { code: 7 } });
});

it('dies of a signal while waiting', async () => {
  const { clock, machine, start } = world();
  const process = start(async (p) => {
    await p.sleep(1000);
    return 0;
  });
  await clock.drain();
  machine.processes.kill(process.pid, 'SIGTERM');
  expect([await process.exited, machine.processes.list()]).toEqual([{ code: 143, signal: 'SIGTERM' }, []]);
});

it('survives a program with a bug', async () => {
  const { clock, stderr, start } = world();
  const process = start(() => {
    throw new TypeError('oops');
  });
  await clock.drain();
  expect([await process.exited, stderr.text()]).toEqual([{ code: 70 }, 'test: internal error: oops\n']);
});

it('breaks the pipe of a writer nobody reads, closes that of a reader nobody feeds', async () => {
  const yes = program('yes', async (p) => {
    for (;;) await p.print('y\n');
  });
  const head = program('head', async (p) => {
    const chunk = await p.stdin.read();
    await p.print(new TextDecoder().decode(chunk ?? undefined));
    return 0;
  });
  const { clock, stdout, start } = world([yes, head]);
  const process = start(async (p) => {
    const pipe = createPipe();
    const writer = p.spawn({ argv: ['yes'], stdout: pipe.sink });
    const reader = p.spawn({ argv: ['head'], stdin: pipe.source });
    const ends = [await writer.exited, await reader.exited];
    await p.print(JSON.stringify(ends));
    return 0;
  });
  await clock.runUntil(process.exited, 1000);
  expect(stdout.text()).toBe('y\n[{"code":141,"signal":"SIGPIPE"},{"code":0}]');
});

it('looks programs up, scripts by their first line', async () => {
  const show = program('show', async (p) => {
    await p.print(`${p.argv.join(' ')}\n`);
    return 0;
  });
  const { clock, machine, stdout, start } = world([show]);
  machine.files.write('/usr/bin/script', '#!/usr/bin/show -x\n', { mode: 0o755 });
  machine.files.write('/usr/bin/plain', '#!/usr/bin/show\n', { mode: 0o644 });
  const process = start(async (p) => {
    await p.spawn({ argv: ['script', 'a'] }).exited;
    for (const name of ['plain', 'absent']) {
      try {
        p.spawn({ argv: [name] });
      } catch (error) {
        await p.print(`${name}: ${String(error)}\n`);
      }
    }
    return 0;
  });
  await clock.runUntil(process.exited, 1000);
  expect(stdout.text()).toBe(
    '/usr/bin/show -x /usr/bin/script a\nplain: ExecError: Permission denied\nabsent: ExecError: No such file or directory\n',
  );
});

it('shows processes in /proc', async () => {
  const { machine, clock, start } = world();
  const process = start(
    async (p) => {
      await p.sleep(10);
      return 0;
    },
    ['sleep', '10'],
  );
  await clock.drain();
  expect(machine.files.readText(`/proc/${process.pid}/cmdline`)).toBe('sleep\u000010\u0000');
});
