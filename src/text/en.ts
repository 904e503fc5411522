import type { Failed } from '../trainer/grading/contract.ts';

/** Plain words stand as they are; anything with spaces or signs is quoted. */
const quoted = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  return typeof value === 'string' && /^[\p{L}\p{N}_./:@-]+$/u.test(value) ? value : JSON.stringify(value);
};
const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** Every sentence shown, in English; its type is what each other language must satisfy. */
export const en = {
  name: 'English',
  app: {
    tagline: 'mock CKA and CKAD exams on a simulated cluster, in your terminal',
    independent: 'Independent of the CNCF and the Linux Foundation.',
    tooSmall: (columns: number, rows: number) =>
      `This terminal is ${columns}x${rows}; kubeproctor needs at least 60x16. Make it larger. In an exam, Ctrl-\\ q leaves.`,
  },
  outcome: {
    subject: 'looked at',
    expected: 'expected',
    actual: 'found',
    look: 'look',
    value: quoted,
    /** One line for a failed check. */
    word({ shape, subject, aspect, expected, actual }: Failed): string {
      switch (shape) {
        case 'missing':
          return `${subject} does not exist`;
        case 'unexpected':
          return aspect
            ? `${subject} has ${aspect}${actual === undefined ? '' : ` = ${quoted(actual)}`}, which must not be there`
            : `${subject} is there, but must not be`;
        case 'different':
          return `${subject}: ${aspect ?? 'value'} expected ${quoted(expected)}, found ${quoted(actual)}`;
        case 'unreachable':
          return `${subject} gets no good answer${expected === undefined ? '' : `; expected ${quoted(expected)}`}${actual === undefined ? '' : `, found ${quoted(actual)}`}`;
        case 'reachable':
          return `${subject} is answered, but must not be`;
        case 'denied':
          return `${subject} is not allowed${aspect ? ` to ${aspect}` : ''}, but must be`;
        case 'allowed':
          return `${subject} is allowed${aspect ? ` to ${aspect}` : ''}, but must not be`;
        case 'not-running':
          return `${subject} is not running as it should${actual === undefined ? '' : `: ${quoted(actual)}`}`;
        case 'unchanged':
          return `${subject}${aspect ? ` (${aspect})` : ''} is still as it was`;
      }
    },
  },
  report: {
    title: (exam: string) => `${exam} mock exam`,
    drill: 'Drill',
    pass: 'PASS',
    fail: 'FAIL',
    passMark: (mark: number) => `pass mark ${mark} %`,
    used: 'used',
    of: 'of',
    timedOut: 'the time ran out',
    domain: 'Domain',
    weight: 'weight',
    you: 'you',
    task: 'Task',
    tasks: (count: number) => plural(count, 'task'),
    notReached: 'not reached',
    minutes: (spent: number, target: number) => `${spent} of ${target} min`,
    flagged: 'flagged',
    noAttempts: 'There are no attempts yet. `kubeproctor exam cka` starts one.',
    unfinished: 'not finished',
    started: 'started',
    score: 'score',
    attempt: 'attempt',
    result: 'Result',
  },
  home: {
    resume: (title: string, left: string) => `Resume ${title} (${left} left)`,
    exam: (exam: string, minutes: number, tasks: number) => `${exam} mock exam: ${tasks} tasks, ${minutes} minutes`,
    shortExam: (exam: string, minutes: number, tasks: number) => `${exam} short exam: ${tasks} tasks, ${minutes} minutes`,
    drills: 'Drills by domain',
    history: 'History and reports',
    settings: 'Settings',
    quit: 'Quit',
    keys: '↑↓ choose   Enter open   q quit',
    readiness: 'readiness',
    exercises: (count: number) => plural(count, 'exercise'),
    none: 'nothing here yet',
    back: 'Esc back',
  },
  firstRun: {
    welcome: 'kubeproctor lets you sit CKA and CKAD tasks in a real-feeling terminal, and tells you why each check passed or failed.',
    howItWorks: 'The clusters are simulated on this computer: nothing is downloaded, nothing can break.',
    which: 'Which exam are you preparing for?',
  },
  settings: {
    language: 'Language',
    editor: 'Editor in the terminal',
    own: 'your own ($EDITOR)',
    builtIn: 'built-in vi and nano',
    layout: 'Layout',
    split: 'task beside the terminal',
    task: 'task only',
    terminal: 'terminal only',
    keys: '↑↓ choose   ←→ change   Esc back',
  },
  exam: {
    preparing: (host: string) => `Preparing ${host} …`,
    task: (number: number, count: number) => `Task ${number} of ${count}`,
    left: 'left',
    practice: 'practice',
    more: '▼ more (PgDn)',
    above: '▲ above (PgUp)',
    alert: (minutes: number) => `${plural(minutes, 'minute')} left`,
    behind: (minutes: number) => `pace −${minutes} min`,
    timeUp: 'Time is up.',
    keysWide: 'F1 help  F2 tasks  F3/F4 previous/next  F5 flag  F6 notes  F8 layout  F10 finish   (no F-keys: Ctrl-\\ h t p n f m l x)',
    keysNarrow: 'F1 help F2 tasks F3/F4 ◀▶ F5 flag F6 notes F8 view F10 end',
    map: {
      title: 'Tasks',
      columns: { task: 'Task', domain: 'Domain', weight: '%', spent: 'min', visited: 'seen' },
      keys: '↑↓ choose   Enter or number: go there   Esc back',
    },
    notes: { title: 'Notes', keys: 'type freely   Esc back' },
    help: {
      title: 'Keys',
      lines: [
        'Everything you type goes to the terminal, except these keys:',
        'F1 this page    F2 list of tasks    F3 previous task    F4 next task',
        'F5 flag the task    F6 notes    F8 layout    F10 finish the exam',
        'Without F-keys: Ctrl-\\ and then h t p n f m l x, in the same order.',
        'Ctrl-\\ 1 … 9 types the first … ninth name of the task for you.',
        'PgUp/PgDn scroll the task; Shift-PgUp/PgDn (or Ctrl-\\ u/d) scroll the terminal.',
        'Each task names its host: `ssh <host>` first, `exit` when done. `sudo -i` makes you root there.',
        'Ctrl-\\ q leaves the exam as it stands; `kubeproctor exam --resume` goes on with it.',
      ],
      practice: 'Practice: Ctrl-\\ i shows the next hint, Ctrl-\\ c checks the task, Ctrl-\\ s shows a solution.',
    },
    finish: {
      question: 'Finish the exam?',
      state: (unvisited: number, flagged: number) => `${unvisited} not visited, ${flagged} flagged.`,
      keys: 'y finish   any other key: back to the exam',
      grading: (done: number, count: number) => `Grading task ${done} of ${count} …`,
    },
    hint: (number: number, count: number) => `Hint ${number} of ${count}`,
    noHints: 'No more hints.',
    ended: 'The terminal session has ended; press Enter for a new one.',
  },
  result: {
    keys: '↑↓ task   PgUp/PgDn scroll   s solution   r retry   e export   q home',
    exported: (file: string) => `Written to ${file}`,
    cannotExport: (file: string, reason: string) => `Cannot write ${file}: ${reason}`,
  },
  history: { title: 'History', keys: '↑↓ choose   Enter report   Esc back' },
  drill: { title: 'Drills', keys: '↑↓ choose   Enter start   Esc back' },
};

export type Text = typeof en;
