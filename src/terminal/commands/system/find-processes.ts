import { type Process, signalNamed } from '../../../machine/index.ts';
import { PatternError, posixRegex } from '../posix-regex.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';

const OPTIONS =
  'a,list-full f,full l,list-name n,newest o,oldest u,euid= U,uid= x,exact v,inverse P,parent= i,ignore-case c,count d,delimiter= signal= e,echo t,terminal= s,session= g,pgroup=';

const nameOf = ({ argv }: Process): string => (argv[0] ?? '').replace(/.*\//, '').slice(0, 15);
const commandOf = ({ argv }: Process): string => argv.join(' ');

export const pgrep = defineUtility({
  names: ['pgrep', 'pkill', 'pidof', 'killall'],
  options: OPTIONS,
  failure: 2,
  hint: (name) => `Try \`${name} --help' for more information.\n`,
  package: 'from procps-ng 4.0.4',
  rewrite: (args) => args.map((word) => (/^-(\d+|[A-Z][A-Z\d]{2,})$/.test(word) ? `--signal=${word.slice(1)}` : word)),
  async run(u) {
    const byName = u.name === 'pidof' || u.name === 'killall';
    if (u.operands.length === 0 && u.options.given.length === 0) {
      throw new Failure('no matching criteria specified', { usage: true });
    }
    const found = byName ? exactly(u) : matching(u);
    if (found.length === 0) u.status = 1;
    if (u.name === 'pkill' || u.name === 'killall') await signalAll(u, found);
    else if (u.name === 'pidof') {
      if (found.length > 0)
        await u.print(
          `${found
            .map(({ pid }) => pid)
            .reverse()
            .join(' ')}\n`,
        );
    } else if (u.options.has('c')) await u.print(`${found.length}\n`);
    else if (found.length > 0)
      await u.print(
        found
          .map((process) => line(u, process))
          .join(u.options.value('d') ?? '\n')
          .concat('\n'),
      );
  },
});

function line(u: Invocation, process: Process): string {
  if (u.options.has('a')) return `${process.pid} ${commandOf(process)}`;
  return u.options.has('l') ? `${process.pid} ${nameOf(process)}` : String(process.pid);
}

const others = (u: Invocation): Process[] => u.process.machine.processes.list().filter(({ pid }) => pid !== u.process.pid);

function exactly(u: Invocation): Process[] {
  return others(u).filter((process) => u.operands.includes(nameOf(process)) || u.operands.includes(process.argv[0] ?? ''));
}

function matching(u: Invocation): Process[] {
  const { options } = u;
  if (u.operands.length > 1) throw new Failure('only one pattern can be provided', { usage: true });
  const pattern = compile(u, u.operands[0] ?? '');
  const users = (options.value('u') ?? options.value('U'))?.split(',');
  const parents = options.value('P')?.split(',').map(Number);
  const fits = (process: Process) => {
    const { user, uid } = process.credentials;
    if (users && !users.includes(user) && !users.includes(String(uid))) return false;
    if (parents && !parents.includes(process.ppid)) return false;
    pattern.lastIndex = 0;
    return pattern.test(options.has('f') ? commandOf(process) : nameOf(process));
  };
  const found = others(u).filter((process) => fits(process) !== options.has('v'));
  const byAge = [...found].sort((a, b) => a.startedAt - b.startedAt || a.pid - b.pid);
  if (options.has('n')) return byAge.slice(-1);
  return options.has('o') ? byAge.slice(0, 1) : found;
}

function compile(u: Invocation, text: string): RegExp {
  try {
    return posixRegex(u.options.has('x') ? `^(${text})$` : text, { extended: true, ignoreCase: u.options.has('i') });
  } catch (error) {
    if (error instanceof PatternError) throw new Failure(error.message);
    throw error;
  }
}

async function signalAll(u: Invocation, found: readonly Process[]): Promise<void> {
  const name = u.options.value('signal') ?? 'TERM';
  const signal = signalNamed(name);
  if (!signal) throw new Failure(`Unknown signal "${name}".`);
  if (u.name === 'killall' && found.length === 0) await u.process.error(`${u.operands[0]}: no process found\n`);
  const own = u.process.credentials.uid;
  for (const { pid, credentials, argv } of found) {
    if (own !== 0 && credentials.uid !== own) {
      u.status = 1;
      await u.process.error(`${u.name}: killing pid ${pid} failed: Operation not permitted\n`);
      continue;
    }
    u.process.machine.processes.kill(pid, signal);
    if (u.options.has('e')) await u.print(`${argv[0]} killed (pid ${pid})\n`);
  }
}
