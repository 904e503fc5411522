import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach } from 'vitest';
import { VirtualClock } from '../../../src/clock/index.ts';
import { createBuffer, createMachine, type Machine, sourceOf } from '../../../src/machine/index.ts';
import { commands } from '../../../src/terminal/commands/index.ts';
import { oracleMissing } from '../../oracle.ts';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

export interface Given {
  readonly argv: readonly string[];
  readonly stdin?: string | undefined;
  readonly files?: Readonly<Record<string, string>>;
}

export const START = Date.UTC(2026, 10, 20, 12, 0, 0);
const HOME = '/root/work';
/** For files whose tests are named by a command line and compare with it: they need that command on this computer too. */
export function compareWithReal(): void {
  beforeEach(({ task, skip }) => {
    const [tool = ''] = task.name.split(' ');
    const reason = commands.some(({ names }) => names.includes(tool)) ? oracleMissing(tool) : undefined;
    if (reason) skip(reason);
  });
}

const programs = new Map(commands.flatMap((command) => command.names.map((name) => [name, command] as const)));

export function createWorld(): { machine: Machine; clock: VirtualClock } {
  const clock = new VirtualClock({ start: START, seed: 1 });
  const machine = createMachine({ hostname: 'box', clock, programs });
  machine.files.mkdir(HOME, { recursive: true });
  return { machine, clock };
}

/** Runs a command line on a simulated machine that has these files in its working directory. */
export async function runSimulated({ argv, stdin = '', files = {} }: Given, world = createWorld()): Promise<Outcome> {
  const { machine, clock } = world;
  for (const [name, text] of Object.entries(files)) {
    machine.files.mkdir(dirname(`${HOME}/${name}`), { recursive: true });
    machine.files.write(`${HOME}/${name}`, text);
  }
  const root = machine.users.find(0);
  if (!root) throw new Error('no root');
  const [stdout, stderr] = [createBuffer(), createBuffer()];
  const env = new Map([['PATH', '/usr/bin:/bin']]);
  const process = machine.processes.start({ argv, credentials: root, env, cwd: HOME, stdin: sourceOf(stdin), stdout, stderr });
  const ended = await clock.runUntil(process.exited, 600_000);
  return { stdout: stdout.text(), stderr: stderr.text(), code: ended?.value.code ?? -1 };
}

/** The same on this computer. */
export function runReal({ argv: [command = '', ...args], stdin = '', files = {} }: Given): Outcome {
  const cwd = mkdtempSync(join(tmpdir(), 'commands-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, name)), { recursive: true });
      writeFileSync(join(cwd, name), text);
    }
    const { stdout, stderr, status } = spawnSync(command, args, {
      cwd,
      input: stdin,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
    });
    return { stdout, stderr, code: status ?? -1 };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** Splits a command line at blanks, quotes respected. */
export const words = (line: string): string[] =>
  Array.from(line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g), ([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double),
  );
