import { chomp, collectLines } from '../input.ts';
import { defineUtility, Failure } from '../utility.ts';

export const tty = defineUtility({
  names: ['tty'],
  options: 's,silent,quiet',
  async run(u) {
    const here = u.process.stdin.tty !== undefined;
    u.status = here ? 0 : 1;
    if (!u.options.has('s')) await u.print(here ? '/dev/pts/0\n' : 'not a tty\n');
  },
});

const FLAGS = ['echo', 'icanon', 'isig', 'icrnl', 'ixon', 'opost', 'onlcr', 'iexten', 'echoe', 'echok'];

export const stty = defineUtility({
  names: ['stty'],
  options: 'a,all g,save F,file=',
  stopAtOperand: true,
  rewrite: (args) => (/^-[a-z]{2,}/.test(args[0] ?? '') ? ['--', ...args] : args),
  async run(u) {
    const terminal = u.process.stdin.tty;
    if (!terminal) throw new Failure("'standard input': Inappropriate ioctl for device");
    const { rows, columns } = terminal.size;
    if (u.operands[0] === 'size') return u.print(`${rows} ${columns}\n`);
    for (const word of u.operands) {
      if (word === 'raw' || word === '-icanon' || word === 'cbreak') terminal.raw = true;
      else if (word === 'sane' || word === 'cooked' || word === '-raw' || word === 'icanon' || word === '-cbreak') terminal.raw = false;
      else if (!FLAGS.includes(word.replace(/^-/, ''))) throw new Failure(`invalid argument ‘${word}’`, { usage: true });
    }
    if (u.operands.length > 0) return;
    const speed = `speed 38400 baud; ${u.options.has('a') ? `rows ${rows}; columns ${columns}; ` : ''}line = 0;\n`;
    await u.print(
      u.options.has('a')
        ? `${speed}intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; susp = ^Z;\nisig icanon iexten echo echoe echok\n`
        : speed,
    );
  },
});

export const reset = defineUtility({ names: ['reset'], options: 'q s w', run: (u) => u.print('\x1bc\x1b[!p\x1b[?3;4l\x1b[4l\x1b>\x1b[H\x1b[2J') });

const CAPABILITIES: Readonly<Record<string, string>> = {
  clear: '\x1b[H\x1b[2J\x1b[3J',
  bold: '\x1b[1m',
  dim: '\x1b[2m',
  smul: '\x1b[4m',
  rmul: '\x1b[24m',
  rev: '\x1b[7m',
  smso: '\x1b[7m',
  rmso: '\x1b[27m',
  sgr0: '\x1b(B\x1b[m',
  civis: '\x1b[?25l',
  cnorm: '\x1b[?12l\x1b[?25h',
  el: '\x1b[K',
  ed: '\x1b[J',
  home: '\x1b[H',
  smcup: '\x1b[?1049h',
  rmcup: '\x1b[?1049l',
  colors: '256\n',
};

export const tput = defineUtility({
  names: ['tput'],
  options: 'T= V S',
  async run(u) {
    const [name, ...numbers] = u.operands;
    if (name === undefined) throw new Failure('', { usage: true });
    const size = u.process.stdout.tty?.size ?? u.process.tty?.size ?? { columns: 80, rows: 24 };
    const [first = 0, second = 0] = numbers.map(Number);
    if (name === 'cols') await u.print(`${size.columns}\n`);
    else if (name === 'lines') await u.print(`${size.rows}\n`);
    else if (name === 'setaf' || name === 'setab') await u.print(`\x1b[${(name === 'setaf' ? 30 : 40) + first}m`);
    else if (name === 'cup') await u.print(`\x1b[${first + 1};${second + 1}H`);
    else if (CAPABILITIES[name] !== undefined) await u.print(CAPABILITIES[name]);
    else throw new Failure(`unknown terminfo capability '${name}'`, { status: 4 });
  },
});

const PRIORITIES = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

export const logger = defineUtility({
  names: ['logger'],
  options: 't,tag= p,priority= i,id? s,stderr f,file= e no-act',
  async run(u) {
    const identifier = u.options.value('t') ?? u.process.credentials.user;
    const level =
      (u.options.value('p') ?? 'user.notice')
        .split('.')
        .at(-1)
        ?.replace('error', 'err')
        .replace(/^warn$/, 'warning') ?? 'notice';
    const priority = PRIORITIES.indexOf(level);
    if (priority < 0) throw new Failure(`unknown priority name: ${level}`);
    const sources = u.options.has('f') ? [u.options.value('f') ?? '-'] : [];
    const lines =
      u.operands.length > 0
        ? [u.operands.join(' ')]
        : await collectLines(u.process, sources, (name, error) => u.complain(`${name}: ${error.message}`));
    for (const line of lines) {
      u.process.machine.journal.write({ unit: 'user.slice', identifier, message: chomp(line), priority, pid: u.process.pid });
      if (u.options.has('s')) await u.process.error(`<13>${identifier}: ${chomp(line)}\n`);
    }
  },
});
