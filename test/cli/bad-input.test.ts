import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeproctor-test-'));
  writeFileSync(join(folder, 'a-file'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  execa(process.execPath, [join(root, 'dist/kubeproctor.js'), ...args], { reject: false, input: '', env: { KUBEPROCTOR_DATA: folder, ...env } });

test.each<[string, string[], string]>([
  ['an unknown command', ['sit'], 'unknown command "sit"; `kubeproctor --help` lists them'],
  ['no exam', ['exam'], 'say which exam: `kubeproctor exam cka` or `kubeproctor exam ckad`'],
  ['an unknown exam', ['exam', 'cks'], 'unknown exam "cks"; there are cka and ckad'],
  ['an unknown flag', ['exam', 'cka', '--fast'], "Unknown option '--fast'; `kubeproctor --help` lists the flags"],
  ['a flag without its value', ['exam', 'cka', '--seed'], "Option '--seed <value>' argument missing; `kubeproctor --help` lists the flags"],
  ['a seed that is no number', ['exam', 'cka', '--seed', 'x'], '--seed takes a whole number from 0 to 4294967295, not "x"'],
  ['no tasks', ['exam', 'cka', '--tasks', '0'], '--tasks takes a whole number from 1 to 40, not "0"'],
  ['an unknown language', ['exam', 'cka', '--lang', 'fr'], '--lang takes en or ko, not "fr"'],
  ['an exam without a terminal', ['exam', 'cka'], 'this needs a terminal to draw on; for scripts there are `shell` and `grade`'],
  ['an unknown exercise', ['grade', 'no-such', '--script', 'x.sh'], 'unknown exercise "no-such"; `kubeproctor exercises` lists them'],
  ['grading without a script', ['grade', 'service-answers-nobody'], 'say which script: `kubeproctor grade EXERCISE --script FILE`'],
  ['a script that is not there', ['grade', 'service-answers-nobody', '--script', '/no/such.sh'], '/no/such.sh: there is no such file'],
  ['an unknown topic', ['drill', 'no-such'], 'unknown topic or exercise "no-such"; `kubeproctor drill --list` shows what there is'],
  [
    'an unknown domain',
    ['exercises', '--domain', 'x'],
    'no exercise of domain "x"; domains are troubleshooting, architecture, networking, workloads, storage, environment, design, deployment, services, observability',
  ],
  ['an unknown format', ['report', '--format', 'pdf'], '--format takes text or json or md or html, not "pdf"'],
  ['an unknown attempt', ['report', 'nope'], 'unknown attempt "nope"; `kubeproctor history` lists them'],
  ['nothing to report', ['report'], 'there is no finished attempt to report on yet'],
  ['no transcripts', ['golden'], 'say where the transcripts are: `kubeproctor golden DIR…`'],
  ['a folder that is not there', ['golden', '/no/such'], '/no/such: there is no such folder of transcripts'],
  [
    'a kubectl that is not there',
    ['golden', 'test/golden', '--client', '/no/kubectl'],
    '--client takes "embedded" or the path of a kubectl; there is no file /no/kubectl',
  ],
  ['an unknown flavour', ['shell', '--flavour', 'k3s', '-c', 'true'], '--flavour takes kubeadm or bare, not "k3s"'],
])('%s', async (_, args, message) => {
  const { stderr, exitCode } = await run(args);
  expect([stderr, exitCode]).toEqual([`kubeproctor: ${message}`, 2]);
});

test('a data folder that cannot be written', async () => {
  const data = join(folder, 'a-file');
  const { stderr, exitCode } = await run(['history'], { KUBEPROCTOR_DATA: data });
  expect([stderr, exitCode]).toEqual([
    `kubeproctor: ${data}: attempts cannot be written here (ENOTDIR); point KUBEPROCTOR_DATA at a folder you may write to`,
    2,
  ]);
});

test.each([
  ['minutes: 99', 'minutes', 'Too big: expected number to be <=20'],
  ['difficulty: brutal', 'difficulty', 'Invalid option: expected one of "easy"|"medium"|"hard"'],
  ['surprise: 1', undefined, 'Unrecognized key: "surprise"'],
  ['title: [', undefined, 'Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 9:'],
])('a broken exercise.yaml: %s', async (line, field, problem) => {
  const exercises = mkdtempSync(join(folder, 'exercises-'));
  cpSync(join(root, 'exercises/exams'), join(exercises, 'exams'), { recursive: true });
  mkdirSync(join(exercises, 'storage/broken'), { recursive: true });
  const file = join(exercises, 'storage/broken/exercise.yaml');
  const bilingual = '{ en: a, ko: b }';
  const whole: Record<string, string> = {
    version: '1',
    title: bilingual,
    exams: '{ cka: storage }',
    archetypes: '[S01]',
    difficulty: 'easy',
    minutes: '5',
    checks: `[${['a', 'b', 'c'].map((id) => `{ id: ${id}, weight: 1, title: ${bilingual} }`).join(', ')}]`,
  };
  const [key = '', value = ''] = line.split(/: (.*)/);
  writeFileSync(
    file,
    field === undefined && key === 'title'
      ? line
      : Object.entries({ ...whole, [key]: value })
          .map(([k, v]) => `${k}: ${v}\n`)
          .join(''),
  );
  const { stderr, exitCode } = await run(['exercises'], { KUBEPROCTOR_EXERCISES: exercises });
  expect([stderr, exitCode]).toEqual([`kubeproctor: ${file}${field ? `: ${field}` : ''}: ${problem}`, 2]);
});

test('help and version', async () => {
  expect((await run(['--help'])).stdout).toMatch(/^kubeproctor: sit a mock CKA or CKAD exam/);
  expect((await run(['--version'])).stdout).toMatch(/^kubeproctor \d+\.\d+\.\d+$/);
});

test('the commands end with the exit code of the last one', async () => {
  const { stdout, exitCode } = await run(['shell', '--flavour', 'bare', '-c', 'kubectl get namespace default -o name; exit 7']);
  expect([stdout, exitCode]).toEqual(['namespace/default', 7]);
});
