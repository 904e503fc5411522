import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

interface Wall {
  room: string;
  mayImport: readonly string[];
  because: string;
}

/** Rooms from the ground up: what each may import of the others. A longer path wins over a shorter one. */
const WALLS: readonly Wall[] = [
  { room: 'src/clock', mayImport: [], because: 'time knows nothing of what happens in it' },
  { room: 'src/api/machinery', mayImport: ['src/api/schema/generated'], because: 'the machinery is pure: objects in, objects out' },
  { room: 'src/api/cel', mayImport: ['src/api/machinery'], because: 'a language knows values, not what they are asked for' },
  { room: 'src/api/schema', mayImport: ['src/api/machinery', 'src/api/cel'], because: 'schemas describe objects, whoever serves them' },
  {
    room: 'src/api/kinds',
    mayImport: ['src/api/machinery', 'src/api/cel', 'src/api/schema', 'src/api/client', 'src/clock', 'src/machine/x509'],
    because: 'a kind knows its own rules and no cluster',
  },
  {
    room: 'src/api/client',
    mayImport: ['src/api/machinery', 'src/api/schema', 'src/api/kinds', 'src/clock'],
    because: 'a client knows only the API, so that it works on any cluster',
  },
  { room: 'src/machine', mayImport: ['src/clock'], because: 'a computer knows no Kubernetes' },
  { room: 'src/cluster', mayImport: ['src/api', 'src/machine', 'src/clock'], because: 'the cluster knows neither who types nor who grades' },
  { room: 'src/terminal', mayImport: ['src/machine', 'src/clock'], because: 'shell and utilities know no Kubernetes' },
  {
    room: 'src/terminal/kubectl',
    mayImport: ['src/api', 'src/machine', 'src/terminal', 'src/clock'],
    because: 'kubectl works on any cluster, so it knows only the API',
  },
  {
    room: 'src/terminal/tools',
    mayImport: ['src/api', 'src/machine', 'src/terminal', 'src/clock'],
    because: 'tools work on any cluster, so they know only the API',
  },
  { room: 'src/terminal/programs.ts', mayImport: ['src/terminal', 'src/machine'], because: 'the list of everything installable' },
  { room: 'src/trainer/grading', mayImport: ['src/api'], because: 'a grader sees the cluster through a read-only view' },
  {
    room: 'src/trainer',
    mayImport: ['src/cluster', 'src/terminal', 'src/machine', 'src/api', 'src/clock', 'graders'],
    because: 'the trainer draws no screens',
  },
  { room: 'src/report', mayImport: ['src/trainer', 'src/text'], because: 'a report is made of facts' },
  { room: 'src/tui', mayImport: ['src/trainer', 'src/report', 'src/text'], because: 'a screen decides nothing' },
  { room: 'src/text', mayImport: ['src/trainer'], because: 'sentences know facts, not screens' },
  { room: 'src/server', mayImport: ['src/api', 'src/machine', 'src/clock'], because: 'the wire knows a Transport, not what is behind it' },
  { room: 'graders', mayImport: ['src/trainer/grading/index.ts'], because: 'a grader may only ask what a ClusterView answers' },
];

const DOORS = ['src/cli.ts', 'src/cli', 'src/dev', 'test'];

const REAL_WORLD = /\b(Date\.now|Math\.random|setTimeout|setInterval)\b|\bprocess\.env(\.[A-Z]|\[)|new Date\(\)/;
const SIMULATED = ['src/api', 'src/cluster', 'src/machine', 'src/terminal'];

describe('walls between rooms', () => {
  for (const file of sources()) {
    const wall = wallOf(file);
    if (!wall) continue;
    test(file, () => {
      const broken = importsOf(file).filter((target) => !allowed(target, wall));
      expect(broken, `${wall.room}: ${wall.because}`).toEqual([]);
    });
  }
});

test('every source file stands in a room', () => {
  expect(sources().filter((file) => !wallOf(file) && !DOORS.some((door) => inside(file, door)))).toEqual([]);
});

test('the simulated world takes time and chance from its clock alone', () => {
  const offenders = sources()
    .filter((file) => SIMULATED.some((room) => inside(file, room)))
    .filter((file) => REAL_WORLD.test(withoutComments(file)));
  expect(offenders).toEqual([]);
});

function sources(): string[] {
  return ['src', 'graders']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('/generated/'))
    .sort();
}

const inside = (file: string, room: string) => file === room || file.startsWith(`${room}/`);

const wallOf = (file: string): Wall | undefined => WALLS.filter(({ room }) => inside(file, room)).sort((a, b) => b.room.length - a.room.length)[0];

const allowed = (target: string, wall: Wall) => inside(target, wall.room) || wall.mayImport.some((room) => inside(target, room));

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => relative(root, resolve(root, dirname(file), match[1] ?? '')));
}

const withoutComments = (file: string): string =>
  readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '');
