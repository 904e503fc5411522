import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, type Exercise, exerciseScripts, exerciseText } from '../../trainer/catalog/catalog.ts';
import { loadGrader } from '../../trainer/catalog/load-grader.ts';
import { drawVariables, missingVariables } from '../../trainer/catalog/variables.ts';
import { ContentError } from '../../trainer/content-error.ts';
import { failedCheckOf } from './gates.ts';

const REQUIRED = ['exercise.yaml', 'task.en.md', 'task.ko.md', 'hints.en.md', 'hints.ko.md', 'solution.sh', 'other-solutions', 'mistakes'];
const OPTIONAL = ['setup.yaml', 'setup.sh'];

/** Everything that can be said of an exercise without running it: each finding names file, field and cure. */
export async function lintExercise(catalog: Catalog, id: string): Promise<string[]> {
  try {
    const exercise = catalog.exercise(id);
    return [
      ...lintFiles(exercise),
      ...lintDomains(catalog, exercise),
      ...lintVariables(exercise),
      ...lintLanguages(exercise),
      ...lintMistakes(exercise),
      ...(await lintGrader(exercise)),
    ];
  } catch (error) {
    if (error instanceof ContentError) return [error.message];
    throw error;
  }
}

function lintFiles({ id, folder }: Exercise): string[] {
  const there = readdirSync(folder);
  const missing = REQUIRED.filter((name) => !there.includes(name)).map((name) => `exercises/${id}/${name} is missing; write it`);
  const stray = there
    .filter((name) => !REQUIRED.includes(name) && !OPTIONAL.includes(name))
    .map((name) => `exercises/${id}/${name} is no part of an exercise; remove it`);
  const setup = OPTIONAL.some((name) => there.includes(name))
    ? []
    : [`exercises/${id} has neither setup.yaml nor setup.sh; the task needs a state to begin in`];
  return [...missing, ...stray, ...setup];
}

function lintDomains(catalog: Catalog, { id, exams }: Exercise): string[] {
  return Object.entries(exams).flatMap(([exam, domain]) => {
    const known = catalog.blueprint(exam as 'cka' | 'ckad').domains.map((d) => d.id);
    return known.includes(domain)
      ? []
      : [`exercises/${id}/exercise.yaml: exams.${exam}: there is no domain "${domain}"; choose one of ${known.join(', ')}`];
  });
}

const TEXTS = ['task.en.md', 'task.ko.md', 'hints.en.md', 'hints.ko.md', 'solution.sh', 'setup.yaml', 'setup.sh'];

function lintVariables(exercise: Exercise): string[] {
  const vars = { ...drawVariables(exercise, 1), host: 'host' };
  const texts = [
    ...TEXTS.map((name) => ({ name, text: exerciseText(exercise, name) ?? '' })),
    ...['other-solutions', 'mistakes'].flatMap((folder) =>
      exerciseScripts(exercise, folder).map(({ name, text }) => ({ name: `${folder}/${name}`, text })),
    ),
  ];
  const unknown = texts.flatMap(({ name, text }) =>
    missingVariables(text, vars).map(
      (variable) => `exercises/${exercise.id}/${name}: {{${variable}}} is not among the vars of exercise.yaml; add it or mend the name`,
    ),
  );
  const everything = [...texts.map(({ text }) => text), JSON.stringify(exercise.vars ?? {})].join('\n');
  const unused = Object.keys(exercise.vars ?? {})
    .filter((name) => !everything.includes(`{{${name}}}`) && !everything.includes(`{{ ${name} }}`))
    .map((name) => `exercises/${exercise.id}/exercise.yaml: vars.${name} is used nowhere; remove it`);
  return [...unknown, ...unused];
}

/** Both languages must have the same structure and name the same things. */
function lintLanguages(exercise: Exercise): string[] {
  return ['task', 'hints'].flatMap((name) => {
    const [en, ko] = [shape(exerciseText(exercise, `${name}.en.md`)), shape(exerciseText(exercise, `${name}.ko.md`))];
    const findings: string[] = [];
    const where = `exercises/${exercise.id}/${name}.ko.md`;
    if (en.headings !== ko.headings) findings.push(`${where}: its headings differ in level from ${name}.en.md; make them agree`);
    if (en.blocks !== ko.blocks) findings.push(`${where}: it has ${ko.blocks} code blocks, ${name}.en.md has ${en.blocks}; make them agree`);
    if (en.parts !== ko.parts) findings.push(`${where}: it has ${ko.parts} parts, ${name}.en.md has ${en.parts}; make them agree`);
    const lost = en.names.filter((n) => !ko.names.includes(n));
    const added = ko.names.filter((n) => !en.names.includes(n));
    if (lost.length > 0) findings.push(`${where}: it does not name ${lost.map((n) => `\`${n}\``).join(', ')} as ${name}.en.md does; add them`);
    if (added.length > 0)
      findings.push(`${where}: it names ${added.map((n) => `\`${n}\``).join(', ')}, which ${name}.en.md does not; make them agree`);
    return findings;
  });
}

function shape(text = '') {
  const withoutBlocks = text.replace(/```[\s\S]*?```/g, '');
  return {
    headings: (text.match(/^#+(?=\s)/gm) ?? []).join(' '),
    blocks: (text.match(/^```/gm) ?? []).length / 2,
    parts: (text.match(/^---$/gm) ?? []).length + 1,
    names: [...new Set([...withoutBlocks.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? ''))],
  };
}

function lintMistakes(exercise: Exercise): string[] {
  const ids = exercise.checks.map(({ id }) => id);
  const mistakes = exerciseScripts(exercise, 'mistakes');
  const few = mistakes.length < 2 ? [`exercises/${exercise.id}/mistakes: there must be at least two near misses`] : [];
  const others =
    exerciseScripts(exercise, 'other-solutions').length < 1
      ? [`exercises/${exercise.id}/other-solutions: there must be at least one other right solution`]
      : [];
  const unnamed = mistakes
    .filter(({ text }) => !ids.includes(failedCheckOf(text) ?? ''))
    .map(({ name }) => `exercises/${exercise.id}/mistakes/${name}: its first line must be "# fails: <check>" with one of ${ids.join(', ')}`);
  return [...few, ...others, ...unnamed];
}

async function lintGrader(exercise: Exercise): Promise<string[]> {
  const grader = await loadGrader(exercise.id);
  const declared = exercise.checks.map(({ id }) => id);
  const judged = Object.keys(grader.checks);
  return [
    ...declared
      .filter((id) => !judged.includes(id))
      .map((id) => `graders/${exercise.id}.ts has no check "${id}" that exercise.yaml weighs; write it`),
    ...judged
      .filter((id) => !declared.includes(id))
      .map((id) => `exercises/${exercise.id}/exercise.yaml does not weigh the check "${id}" of its grader; add it`),
  ];
}

/** Graders without an exercise. */
export function lintStrayGraders(catalog: Catalog): string[] {
  const folder = join(catalog.root, '../graders');
  if (!existsSync(folder)) return [];
  const known = new Set(catalog.ids());
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !known.has(file.slice(0, -'.ts'.length)))
    .map((file) => `graders/${file} belongs to no exercise; remove it or write exercises/${file.slice(0, -'.ts'.length)}`);
}
