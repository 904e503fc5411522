import type { Process } from '../../machine/index.ts';
import { strftime } from './strftime.ts';
import { defineUtility, type Invocation } from './utility.ts';

const STATES: Readonly<Record<string, string>> = { running: 'S', stopped: 'T', ended: 'Z' };
const commandOf = ({ argv }: Process): string => argv.join(' ');
const nameOf = ({ argv }: Process): string => (argv[0] ?? '').split('/').at(-1) ?? '';

export const ps = defineUtility({
  names: ['ps'],
  options: 'a u x e A f F l w o=,format= p=,pid= C= sort= no-headers h H',
  package: '(procps-ng) 4.0.4',
  rewrite: (args) => args.map((word, i) => (i === 0 && /^[auxefwl]+$/.test(word) ? `-${word}` : word)),
  async run(u) {
    const all = u.process.machine.processes.list();
    const wanted = u.options.value('p')?.split(',').map(Number);
    const everything = ['e', 'A', 'x', 'a'].some((key) => u.options.has(key));
    const shown = all.filter((process) =>
      wanted ? wanted.includes(process.pid) : everything || (process.tty !== undefined && process.tty === u.process.tty),
    );
    await u.print(u.options.has('u') ? userTable(u, shown) : u.options.has('f') ? fullTable(shown) : shortTable(shown));
    if (shown.length === 0) u.status = 1;
  },
});

const terminal = ({ tty }: Process): string => (tty ? 'pts/0' : '?');

function shortTable(processes: readonly Process[]): string {
  const rows = processes.map((process) => `${String(process.pid).padStart(7)} ${terminal(process).padEnd(8)} 00:00:00 ${nameOf(process)}\n`);
  return `    PID TTY          TIME CMD\n${rows.join('')}`;
}

function fullTable(processes: readonly Process[]): string {
  const rows = processes.map(
    (process) =>
      `${process.credentials.user.padEnd(8)} ${String(process.pid).padStart(7)} ${String(process.ppid).padStart(7)}  0 ${strftime('%H:%M', process.startedAt)} ${terminal(process).padEnd(8)} 00:00:00 ${commandOf(process)}\n`,
  );
  return `UID          PID    PPID  C STIME TTY          TIME CMD\n${rows.join('')}`;
}

function userTable(_: Invocation, processes: readonly Process[]): string {
  const rows = processes.map(
    (process) =>
      `${process.credentials.user.padEnd(8)} ${String(process.pid).padStart(7)}  0.0  0.1  10240  4096 ${terminal(process).padEnd(8)} ${(STATES[process.state] ?? 'S').padEnd(4)} ${strftime('%H:%M', process.startedAt)}   0:00 ${commandOf(process)}\n`,
  );
  return `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n${rows.join('')}`;
}
