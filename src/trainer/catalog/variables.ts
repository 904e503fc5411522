import { Random } from '../../clock/index.ts';
import type { ExerciseFile } from './exercise-file.ts';

export type Variables = Readonly<Record<string, string>>;

/** Draws an exercise's variables from a seed: the same exercise and seed always give the same values. */
export function drawVariables(exercise: { id: string; vars?: ExerciseFile['vars'] }, seed: number | string): Variables {
  const random = new Random(`${seed}/${exercise.id}`);
  const drawn: Record<string, string> = {};
  for (const [name, choice] of Object.entries(exercise.vars ?? {})) drawn[name] = draw(choice, random, drawn);
  return drawn;
}

type Choice = NonNullable<ExerciseFile['vars']>[string];

function draw(choice: Choice, random: Random, earlier: Variables): string {
  if (typeof choice === 'string') return fill(choice, earlier);
  if (Array.isArray(choice)) return fill(String(random.pick(choice)), earlier);
  const { from, to, step = 1 } = choice;
  return String(from + step * random.int(Math.floor((to - from) / step) + 1));
}

const PLACEHOLDER = /\{\{\s*([a-z][a-zA-Z0-9]*)\s*\}\}/g;

/** Puts the variables into a text. A placeholder that names none is left standing, for the linter to find. */
export const fill = (text: string, variables: Variables): string => text.replace(PLACEHOLDER, (all, name: string) => variables[name] ?? all);

/** Names used in a text that are not among the variables. */
export const missingVariables = (text: string, variables: Variables): string[] =>
  [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '').filter((name) => !(name in variables));
