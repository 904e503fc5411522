import xterm from '@xterm/headless';
import { expect, it } from 'vitest';
import { Terminal } from '../../../src/terminal/tty/index.ts';
import { world } from './run-bash.ts';

/** A login on a terminal whose screen can be read. */
async function login() {
  const { clock, machine } = world();
  const tty = new Terminal({ columns: 60, rows: 16, kill: (pgid, signal) => machine.processes.kill(-pgid, signal) });
  const screen = new xterm.Terminal({ cols: 60, rows: 16, allowProposedApi: true });
  let pending = Promise.resolve();
  tty.onOutput((text) => {
    pending = pending.then(() => new Promise((resolve) => screen.write(text, resolve)));
  });
  machine.files.write('/root/.bashrc', "PS1='$ '\nalias k=echo\n");
  machine.files.write('/work/alpha.txt', 'one\n');
  machine.files.write('/work/alpine.txt', 'two\n');
  const process = machine.processes.start({
    argv: ['bash'],
    credentials: { uid: 0, gid: 0, groups: [], user: 'root', home: '/root' },
    env: new Map([
      ['PATH', '/usr/bin:/bin'],
      ['HOME', '/root'],
    ]),
    cwd: '/work',
    stdin: tty.source,
    stdout: tty.sink,
    stderr: tty.sink,
    tty,
  });
  const type = async (keys: string, ms = 50) => {
    await clock.advance(ms);
    tty.input(keys);
    await clock.advance(ms);
  };
  const lines = async () => {
    await pending;
    const buffer = screen.buffer.active;
    const all = Array.from({ length: buffer.length }, (_, i) => buffer.getLine(i)?.translateToString(true) ?? '');
    return all
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd()
      .split('\n');
  };
  return { type, lines, clock, process, machine, tty };
}

it.each<[string, string[], string[]]>([
  ['runs a command', ['echo hi\r'], ['$ echo hi', 'hi', '$']],
  ['edits', ['echo abd\x02\x02c\x05!\x01\x0b', '\x19\r'], ['$ echo acbd!', 'acbd!', '$']],
  ['expands aliases', ['k a b\r'], ['$ k a b', 'a b', '$']],
  ['walks through history', ['echo 1\r', 'echo 2\r', '\x1b[A\x1b[A\r'], ['$ echo 1', '1', '$ echo 2', '2', '$ echo 1', '1', '$']],
  [
    'searches history',
    ['echo needle\r', 'echo other\r', '\x12need\r'],
    ['$ echo needle', 'needle', '$ echo other', 'other', '$ echo needle', 'needle', '$'],
  ],
  ['repeats by !!', ['echo 1\r', '!!\r'], ['$ echo 1', '1', '$ !!', 'echo 1', '1', '$']],
  ['completes a file', ['cat alpha\t\r'], ['$ cat alpha.txt', 'one', '$']],
  ['lists candidates at the second tab', ['cat al\t\t', '\x15echo\r'], ['$ cat alp', 'alpha.txt   alpine.txt', '$ echo', '', '$']],
  [
    'completes by itself where a function is silent',
    ['f() { :; }; complete -o default -F f cat\r', 'cat alpha\t\r'],
    ['$ f() { :; }; complete -o default -F f cat', '$ cat alpha.txt', 'one', '$'],
  ],
  ['asks for more', ['for i in 1 2\r', 'do echo $i\r', 'done\r'], ['$ for i in 1 2', '> do echo $i', '> done', '1', '2', '$']],
  ['interrupts a command', ['sleep 100\r', '\x03', 'echo $?\r'], ['$ sleep 100', '^C', '$ echo $?', '130', '$']],
  ['interrupts a loop', ['while :; do :; done\r', '\x03', 'echo ok\r'], ['$ while :; do :; done', '^C', '$ echo ok', 'ok', '$']],
  ['drops a line at ^C', ['echo no\x03', 'echo yes\r'], ['$ echo no^C', '$ echo yes', 'yes', '$']],
  [
    'stops and continues',
    ['sleep 0.2\r', '\x1a', 'fg\r', ''],
    ['$ sleep 0.2', '^Z', '[1]+  Stopped                 sleep 0.2', '$ fg', 'sleep 0.2', '$'],
  ],
  ['takes a paste as it is', ['\x1b[200~echo a\necho b\x1b[201~\r'], ['$ echo a', 'echo b', 'a', 'b', '$']],
  ['keeps the last newline of a paste', ['cat <<E\r', '\x1b[200~a\nb\n\x1b[201~', 'E\r'], ['$ cat <<E', '> a', 'b', 'E', 'a', 'b', '$']],
  ['runs in the background', ['sleep 0.01 &\r', '\r'], ['$ sleep 0.01 &', '[1] 101', '$', '[1]+  Done                    sleep 0.01', '$']],
  [
    'begins lines at the margin, beside the prompt too',
    ['(sleep 0.02; printf "a\\nb\\n") &\r'],
    ['$ (sleep 0.02; printf "a\\nb\\n") &', '[1] 101', '$ a', 'b'],
  ],
  ['reads cooked input', ['read x; echo "<$x>"\r', 'abx\x7fc\r'], ['$ read x; echo "<$x>"', 'abc', '<abc>', '$']],
  ['wide characters', ['echo 한국어\x02\x02X\r'], ['$ echo 한X국어', '한X국어', '$']],
  ['says what it does not find', ['nosuch\r'], ['$ nosuch', 'bash: nosuch: command not found', '$']],
])('%s', async (_, keys, want) => {
  const { type, lines } = await login();
  for (const key of keys) await type(key);
  expect(await lines()).toEqual(want);
});

it('ends at ^D', async () => {
  const { type, lines, process } = await login();
  await type('\x04');
  expect([await lines(), await process.exited]).toEqual([['$ exit'], { code: 0 }]);
});

it('survives a fork bomb', async () => {
  const { type, machine, clock } = await login();
  await type('b() { b | b & }; b\r', 500);
  expect(machine.processes.list().length).toBeLessThanOrEqual(512);
  machine.processes.kill(-1, 'SIGKILL');
  await clock.advance(10);
});
