import xterm from '@xterm/headless';
import { Terminal } from '../../../src/terminal/tty/index.ts';
import { createWorld } from './both-worlds.ts';

/** A command on a terminal of 40 × 10 whose screen can be read. */
export function onScreen(argv: readonly string[], files: Readonly<Record<string, string>> = {}, world = createWorld()) {
  const { clock, machine } = world;
  for (const [name, text] of Object.entries(files)) machine.files.write(`/root/work/${name}`, text);
  const tty = new Terminal({ columns: 40, rows: 10, kill: (pgid, signal) => machine.processes.kill(-pgid, signal) });
  const screen = new xterm.Terminal({ cols: 40, rows: 10, allowProposedApi: true });
  let pending = Promise.resolve();
  tty.onOutput((text) => {
    pending = pending.then(() => new Promise((resolve) => screen.write(text, resolve)));
  });
  const root = machine.users.find(0);
  if (!root) throw new Error('no root');
  const env = new Map([['PATH', '/usr/bin:/bin']]);
  const io = { stdin: tty.source, stdout: tty.sink, stderr: tty.sink, tty };
  const process = machine.processes.start({ argv, credentials: root, env, cwd: '/root/work', pgid: 'new', ...io });
  tty.foreground = process.pgid;
  const type = async (...keys: string[]) => {
    for (const key of keys) {
      await clock.advance(50);
      tty.input(key);
      await clock.advance(50);
    }
  };
  const lines = async () => {
    await clock.advance(50);
    await pending;
    const { active } = screen.buffer;
    return Array.from({ length: screen.rows }, (_, i) => (active.getLine(active.viewportY + i)?.translateToString(true) ?? '').trimEnd());
  };
  const resize = async (columns: number, rows: number) => {
    screen.resize(columns, rows);
    tty.resize(columns, rows);
    await clock.advance(50);
  };
  const ended = async () => (await clock.runUntil(process.exited, 60_000))?.value.code;
  return { type, lines, resize, ended, clock, machine, process, tty, screen };
}
