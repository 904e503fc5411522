import { SIGNALS, signalNamed } from '../../machine/index.ts';
import { parseDuration } from './duration.ts';
import { quote } from './quoting.ts';
import { defineUtility, Failure, runChild } from './utility.ts';

export const kill = defineUtility({
  names: ['kill'],
  rewrite: (args) => ['--', ...args],
  async run(u) {
    const words = [...u.operands];
    if (words[0] === '-l')
      return u.print(
        `${Object.keys(SIGNALS)
          .map((name) => name.slice(3))
          .join(' ')}\n`,
      );
    let name = 'TERM';
    if (words[0] === '-s' || words[0] === '-n') name = words.splice(0, 2)[1] ?? '';
    else if (/^-\w/.test(words[0] ?? '')) name = (words.shift() ?? '').slice(1);
    if (words[0] === '--') words.shift();
    const signal = signalNamed(name);
    if (!signal) throw new Failure(`unknown signal ${name}`);
    for (const word of words) {
      if (!/^-?\d+$/.test(word)) await u.complain(`failed to parse argument: '${word}'`);
      else if (!u.process.machine.processes.kill(Number(word), signal)) await u.complain(`(${word}) - No such process`);
    }
  },
});

export const timeout = defineUtility({
  names: ['timeout'],
  options: 'foreground k,kill-after= p preserve-status s,signal= v,verbose',
  stopAtOperand: true,
  failure: 125,
  async run(u) {
    const [limit, ...command] = u.operands;
    if (limit === undefined || command.length === 0) throw new Failure('', { usage: true });
    const ms = parseDuration(limit);
    if (ms === undefined) throw new Failure(`invalid time interval ${quote(limit)}`, { usage: true });
    const signal = signalNamed(u.options.value('s') ?? 'TERM') ?? 'SIGTERM';
    let late = false;
    const before = new Set(u.process.machine.processes.list().map(({ pid }) => pid));
    const timer = u.process.clock.after(ms === 0 ? Number.MAX_SAFE_INTEGER : ms, () => {
      late = true;
      const child = u.process.machine.processes.list().find(({ ppid, pid }) => ppid === u.process.pid && !before.has(pid));
      if (child) u.process.machine.processes.kill(child.pid, signal);
    });
    const code = await runChild(u, command, {}, (name) => `failed to run command ${quote(name)}`);
    timer.cancel();
    u.status = late && !u.options.has('preserve-status') ? (signal === 'SIGKILL' ? 137 : 124) : code;
  },
});

export const clear = defineUtility({ names: ['clear'], options: 'x T= V', run: (u) => u.print('\x1b[H\x1b[2J\x1b[3J') });
