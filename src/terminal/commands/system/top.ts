import type { Process } from '../../../machine/index.ts';
import { runFullScreen } from '../../editors/full-screen.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { loadLine } from './load.ts';
import { memoryFacts } from './memory.ts';

export const top = defineUtility({
  names: ['top'],
  options: 'b,batch-mode n,iterations= d,delay= p,pid= u,filter-any-user= o,sort-override= c,cmdline-toggle w? i H e= E= 1 s S',
  package: 'procps-ng 4.0.4',
  rewrite: (args) => args.map((word, i) => (i === 0 && /^[bcn]+\d*$/.test(word) ? `-${word}` : word)),
  async run(u) {
    const times = Number(u.options.value('n') ?? Number.POSITIVE_INFINITY);
    const every = Number(u.options.value('d') ?? '3') * 1000;
    if (u.options.has('b')) return batch(u, times, every);
    if (!u.process.stdout.tty || !u.process.stdin.tty) throw new Failure('failed tty get');
    await interactive(u, times, every);
  },
});

async function batch(u: Invocation, times: number, every: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    if (i > 0) await u.process.sleep(every);
    await u.print(`${i > 0 ? '\n' : ''}${[...summary(u), '', HEADING, ...tasks(u)].join('\n')}\n`);
  }
}

async function interactive(u: Invocation, times: number, every: number): Promise<void> {
  let finished = false;
  let shown = 0;
  await runFullScreen(u.process, {
    refresh: {
      every,
      run: async () => {
        if (shown++ >= times) finished = true;
      },
    },
    press: (key) => {
      if (key === 'q' || key === '<C-c>') finished = true;
    },
    draw: ({ columns, rows }) => {
      const all = [
        ...summary(u),
        '',
        `\x1b[7m${HEADING.padEnd(columns).slice(0, columns)}\x1b[0m`,
        ...tasks(u).map((line) => line.slice(0, columns)),
      ];
      return { rows: [...all.slice(0, rows), ...Array.from({ length: Math.max(0, rows - all.length) }, () => '')], cursor: { row: 5, column: 0 } };
    },
    get finished() {
      return finished;
    },
  });
}

const HEADING = '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND';
const STATES: Readonly<Record<string, string>> = { running: 'S', stopped: 'T', ended: 'Z' };

function summary(u: Invocation): string[] {
  const all = u.process.machine.processes.list();
  const stopped = all.filter(({ state }) => state === 'stopped').length;
  const counts = [all.length, 1, all.length - 1 - stopped, stopped, 0].map((count) => String(count).padStart(3));
  const [total, running, sleeping, halted, zombies] = counts;
  const memory = memoryFacts(u);
  const mib = (kib: number) => (kib / 1024).toFixed(1).padStart(8);
  return [
    `top - ${loadLine(u)}`,
    `Tasks: ${total} total, ${running} running, ${sleeping} sleeping, ${halted} stopped, ${zombies} zombie`,
    '%Cpu(s):  0.3 us,  0.2 sy,  0.0 ni, 99.5 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st ',
    `MiB Mem : ${mib(memory.total)} total, ${mib(memory.free)} free, ${mib(memory.used)} used, ${mib(memory.cache)} buff/cache     `,
    `MiB Swap: ${mib(0)} total, ${mib(0)} free, ${mib(0)} used. ${mib(memory.available)} avail Mem `,
  ];
}

function tasks(u: Invocation): string[] {
  const [pids, user] = [u.options.value('p')?.split(',').map(Number), u.options.value('u')];
  return u.process.machine.processes
    .list()
    .filter(({ pid, credentials }) => (!pids || pids.includes(pid)) && (user === undefined || credentials.user === user))
    .map((process) => task(u, process));
}

function task(u: Invocation, process: Process): string {
  const state = process.pid === u.process.pid ? 'R' : (STATES[process.state] ?? 'S');
  const owner = process.credentials.user.length > 8 ? `${process.credentials.user.slice(0, 7)}+` : process.credentials.user;
  const command = u.options.has('c') ? process.argv.join(' ') : (process.argv[0] ?? '').replace(/.*\//, '');
  return `${String(process.pid).padStart(7)} ${owner.padEnd(8)}  20   0   10240   4096   3072 ${state}   0.0   0.1   0:00.00 ${command}`;
}
