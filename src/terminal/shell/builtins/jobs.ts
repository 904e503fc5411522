import { SIGNALS, type SignalName, signalNamed, untilDeath } from '../../../machine/index.ts';
import { findJob, jobLine, waitForeground } from '../run/jobs.ts';
import type { Job, Shell } from '../shell.ts';
import type { Builtins } from './builtin.ts';

export const jobBuiltins: Builtins = {
  async jobs(shell, args) {
    const long = args.includes('-l');
    for (const job of shell.jobs.filter((j) => j.id > 0)) {
      if (args.includes('-p')) await shell.print(`${job.pgid}\n`);
      else if (!(args.includes('-r') && job.state !== 'Running') && !(args.includes('-s') && job.state !== 'Stopped'))
        await shell.print(`${jobLine(job, shell, long)}\n`);
    }
    shell.jobs = shell.jobs.filter((j) => j.state !== 'Done');
    return 0;
  },
  async fg(shell, [name]) {
    if (!shell.options.has('monitor')) return refuse(shell, 'fg: no job control');
    const job = findJob(shell, name);
    if (!job) return refuse(shell, `fg: ${name ?? 'current'}: no such job`);
    await shell.print(`${job.command}\n`);
    resume(shell, job);
    const statuses = await waitForeground(shell, job);
    return statuses.at(-1) ?? 0;
  },
  async bg(shell, args) {
    if (!shell.options.has('monitor')) return refuse(shell, 'bg: no job control');
    for (const name of args.length > 0 ? args : [undefined]) {
      const job = findJob(shell, name);
      if (!job) return refuse(shell, `bg: ${name ?? 'current'}: no such job`);
      await shell.print(`[${job.id}]+ ${job.command} &\n`);
      resume(shell, job);
    }
    return 0;
  },
  async wait(shell, args) {
    const any = args.includes('-n');
    const names = args.filter((a) => !a.startsWith('-'));
    const jobs = names.length > 0 ? [] : shell.jobs.filter((j) => j.state === 'Running');
    if (any) return jobs.length === 0 ? 127 : waitFor(shell, Promise.race(jobs.map(ended)));
    if (names.length === 0) {
      const code = await waitFor(
        shell,
        Promise.all(jobs.map(ended)).then(() => 0),
      );
      if (!shell.interactive) shell.jobs = shell.jobs.filter((j) => j.state !== 'Done');
      return code;
    }
    let code = 0;
    for (const name of names) code = await waitNamed(shell, name);
    return code;
  },
  async kill(shell, args) {
    if (args[0] === '-l' || args[0] === '-L') return listSignals(shell, args.slice(1));
    let signal: SignalName | undefined = 'SIGTERM';
    let rest = [...args];
    let probe = false;
    const [first = ''] = rest;
    if (first === '-s' || first === '-n') {
      signal = signalNamed(rest[1] ?? '');
      rest = rest.slice(2);
      if (!signal) return refuse(shell, `kill: ${args[1]}: invalid signal specification`);
    } else if (/^-./.test(first) && first !== '--') {
      probe = first === '-0';
      signal = signalNamed(first.slice(1));
      rest = rest.slice(1);
      if (!signal && !probe) return refuse(shell, `kill: ${first.slice(1)}: invalid signal specification`);
    }
    if (rest[0] === '--') rest = rest.slice(1);
    if (rest.length === 0) {
      await shell.error('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n');
      return 2;
    }
    let code = 0;
    for (const target of rest) code = (await killOne(shell, target, probe ? undefined : signal)) || code;
    await Promise.resolve();
    return code;
  },
  disown(shell, args) {
    const all = args.includes('-a') || args.includes('-r');
    const job = findJob(
      shell,
      args.find((a) => !a.startsWith('-')),
    );
    shell.jobs = all ? [] : shell.jobs.filter((j) => j !== job);
    return 0;
  },
  suspend: (shell) => {
    shell.process.machine.processes.kill(shell.process.pid, 'SIGSTOP');
    return 0;
  },
};

async function refuse(shell: Shell, message: string): Promise<number> {
  await shell.complain(message);
  return 1;
}

function resume(shell: Shell, job: Job): void {
  job.state = 'Running';
  const { processes } = shell.process.machine;
  if (!processes.kill(-job.pgid, 'SIGCONT')) for (const process of job.processes) processes.kill(process.pid, 'SIGCONT');
}

const ended = async (job: Job): Promise<number> => {
  const statuses = await Promise.all(job.processes.map((p) => p.exited));
  return statuses.at(-1)?.code ?? 0;
};

/** A trapped signal ends the wait with 128 + n; ^C with 130. */
async function waitFor(shell: Shell, promise: Promise<number>): Promise<number> {
  const woken = new Promise<number>((resolve) => {
    shell.wakers.push(() => resolve(128 + (SIGNALS[(shell.pendingTraps[0] ?? 'SIGINT') as SignalName] ?? 2)));
  });
  return untilDeath(shell.process.signal, Promise.race([promise, woken]));
}

async function waitNamed(shell: Shell, name: string): Promise<number> {
  const job = name.startsWith('%') ? findJob(shell, name) : shell.jobs.find((j) => j.processes.some((p) => String(p.pid) === name));
  if (!job) {
    await shell.complain(name.startsWith('%') ? `wait: ${name}: no such job` : `wait: pid ${name} is not a child of this shell`);
    return 127;
  }
  return waitFor(shell, ended(job));
}

async function killOne(shell: Shell, target: string, signal: SignalName | undefined): Promise<number> {
  const { processes } = shell.process.machine;
  const job = target.startsWith('%') ? findJob(shell, target) : undefined;
  if (target.startsWith('%') && !job) return refuse(shell, `kill: ${target}: no such job`);
  if (!job && !/^-?\d+$/.test(target)) return refuse(shell, `kill: ${target}: arguments must be process or job IDs`);
  if (job && signal) {
    for (const process of job.processes) processes.kill(process.pid, signal);
    if (job.state === 'Stopped' && signal !== 'SIGSTOP' && signal !== 'SIGTSTP') resume(shell, job);
    return 0;
  }
  const pid = Number(target);
  const process = processes.list().find((p) => (pid < 0 ? p.pgid === -pid : p.pid === pid));
  if (!process) return refuse(shell, `kill: (${target}) - No such process`);
  const who = shell.process.credentials;
  if (who.uid !== 0 && who.uid !== process.credentials.uid) return refuse(shell, `kill: (${target}) - Operation not permitted`);
  if (signal) processes.kill(pid, signal);
  return 0;
}

async function listSignals(shell: Shell, args: readonly string[]): Promise<number> {
  for (const arg of args) {
    const wanted = /^\d+$/.test(arg) && Number(arg) > 128 ? String(Number(arg) - 128) : arg;
    const name = signalNamed(wanted);
    if (!name) return refuse(shell, `kill: ${arg}: invalid signal specification`);
    await shell.print(`${/^\d+$/.test(arg) ? name.slice(3) : SIGNALS[name]}\n`);
  }
  if (args.length > 0) return 0;
  const rows = Object.entries(SIGNALS)
    .sort(([, a], [, b]) => a - b)
    .map(([name, n]) => `${String(n).padStart(2)}) ${name}`);
  await shell.print(`${rows.join('\n')}\n`);
  return 0;
}
