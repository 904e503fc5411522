import { type ExitStatus, type Process, untilDeath } from '../../../machine/index.ts';
import type { Job, Shell } from '../shell.ts';
import { Interrupted } from '../signals-of-flow.ts';

export function newJob(shell: Shell, processes: readonly Process[], command: string, foreground: boolean): Job {
  const id = foreground && !shell.interactive ? 0 : Math.max(0, ...shell.jobs.map((j) => j.id)) + 1;
  const leader = processes[0];
  const job: Job = { id, pgid: leader?.pgid ?? 0, command, processes, state: 'Running', status: 0, notified: foreground, foreground };
  shell.jobs.push(job);
  void Promise.all(processes.map((p) => p.exited)).then((statuses) => {
    job.state = 'Done';
    job.status = statuses.at(-1)?.code ?? 0;
    const signal = statuses.at(-1)?.signal;
    if (signal) job.signal = signal;
  });
  return job;
}

/** Waits until all processes of the job have ended, or it is stopped; the exit codes of each. */
export async function waitForeground(shell: Shell, job: Job): Promise<number[]> {
  const { tty } = shell.process;
  const controls = shell.options.has('monitor') && tty;
  if (controls) tty.foreground = job.pgid;
  const ended = Promise.all(job.processes.map((p) => p.exited));
  const outcome = await untilDeath(shell.process.signal, Promise.race([ended, stopped(job)]));
  if (controls) tty.foreground = shell.process.pgid;
  if (outcome === 'stopped') {
    job.state = 'Stopped';
    job.notified = true;
    await shell.error(`\n${jobLine(job, shell)}\n`);
    return [148];
  }
  shell.jobs = shell.jobs.filter((j) => j !== job);
  await reportDeath(shell, job, outcome.at(-1));
  return outcome.map(({ code }) => code);
}

function stopped(job: Job): Promise<'stopped'> {
  return new Promise((resolve) => {
    for (const process of job.processes) {
      const stop = process.onChange((state) => {
        if (state === 'running') return;
        if (state === 'stopped') resolve('stopped');
        stop();
      });
    }
  });
}

export const DEATHS: Readonly<Record<string, string>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGKILL: 'Killed',
  SIGTERM: 'Terminated',
  SIGUSR1: 'User defined signal 1',
  SIGUSR2: 'User defined signal 2',
  SIGALRM: 'Alarm clock',
  SIGPIPE: 'Broken pipe',
};

async function reportDeath(shell: Shell, job: Job, last: ExitStatus | undefined): Promise<void> {
  const signal = last?.signal;
  if (!signal) return;
  if (signal === 'SIGINT') {
    if (!shell.interactive) return;
    await shell.error('\n');
    throw new Interrupted();
  }
  if (signal === 'SIGPIPE') return;
  const text = DEATHS[signal] ?? signal;
  if (shell.interactive) await shell.error(`${text}\n`);
  else if (!shell.isSubshell) await shell.complain(`${String(job.processes.at(-1)?.pid).padStart(5)} ${text.padEnd(23)} ${job.command}`);
}

/** `[1]+  Running                 sleep 100 &` */
export function jobLine(job: Job, shell: Shell, withPid = false): string {
  const live = shell.jobs.filter((j) => j.id > 0);
  const order = [...live.filter((j) => j.state !== 'Stopped'), ...live.filter((j) => j.state === 'Stopped')];
  const mark = order.at(-1) === job ? '+' : order.at(-2) === job ? '-' : ' ';
  const died = job.signal ? DEATHS[job.signal] : undefined;
  const state = job.state === 'Done' ? (died ?? (job.status === 0 ? 'Done' : `Exit ${job.status}`)) : job.state;
  const pid = withPid ? `${job.processes[0]?.pid ?? job.pgid} ` : '';
  return `[${job.id}]${mark}  ${pid}${state.padEnd(24 - (withPid ? 0 : 0))}${job.command}${job.state === 'Running' ? ' &' : ''}`;
}

/** Tells an interactive user which background jobs have ended, and forgets them. */
export async function notifyJobs(shell: Shell): Promise<void> {
  for (const job of [...shell.jobs]) {
    if (job.state !== 'Done') continue;
    if (shell.interactive && !job.notified) await shell.error(`${jobLine(job, shell)}\n`);
    shell.jobs = shell.jobs.filter((j) => j !== job);
  }
}

/** The job that `%1`, `%+`, `%-`, `%name` or nothing stands for. */
export function findJob(shell: Shell, name = '%+'): Job | undefined {
  const live = shell.jobs.filter((j) => j.id > 0);
  const order = [...live.filter((j) => j.state !== 'Stopped'), ...live.filter((j) => j.state === 'Stopped')];
  const key = name.replace(/^%/, '');
  if (key === '+' || key === '%' || key === '') return order.at(-1);
  if (key === '-') return order.at(-2) ?? order.at(-1);
  if (/^\d+$/.test(key)) return live.find((j) => j.id === Number(key));
  return key.startsWith('?') ? live.find((j) => j.command.includes(key.slice(1))) : live.find((j) => j.command.startsWith(key));
}
