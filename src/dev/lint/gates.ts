import { type Exercise, exerciseScripts, exerciseText } from '../../trainer/catalog/catalog.ts';
import { gradeTrial, prepareTrial, tryScript } from '../../trainer/exam/try-script.ts';
import type { TaskResult } from '../../trainer/history/result.ts';
import { takeSnapshot } from '../../trainer/world/snapshot.ts';
import type { World } from '../../trainer/world/world.ts';

/** The check that a near miss names in its first line: `# fails: pvc-bound`. */
export const failedCheckOf = (script: string): string | undefined => /^(?:#!.*\n)?#\s*fails:\s*(\S+)/.exec(script)?.[1];

const failing = ({ checks }: TaskResult) => checks.filter(({ outcome }) => !outcome?.ok).map(({ id }) => id);

/** Untouched, an exercise earns nothing, and grading it twice finds the same and changes nothing. */
export async function gateUntouched(exercise: Exercise, seed: number): Promise<string[]> {
  const prepared = await prepareTrial(exercise, seed);
  const before = await objectsOf(prepared.world);
  const first = await gradeTrial(prepared);
  const after = await objectsOf(prepared.world);
  const second = await gradeTrial(prepared);
  return [
    ...(first.share > 0
      ? [
          `${exercise.id} untouched passes ${first.checks
            .filter(({ outcome }) => outcome?.ok)
            .map(({ id }) => id)
            .join(', ')}`,
        ]
      : []),
    ...(JSON.stringify(first.checks) === JSON.stringify(second.checks) ? [] : [`${exercise.id}: grading twice finds different things`]),
    ...(before === after ? [] : [`${exercise.id}: grading changed the cluster`]),
  ];
}

/** The reference solution and every other right one earn all points. */
export async function gateSolutions(exercise: Exercise, seed: number): Promise<string[]> {
  const scripts = [{ name: 'solution.sh', text: exerciseText(exercise, 'solution.sh') ?? '' }, ...exerciseScripts(exercise, 'other-solutions')];
  const findings: string[] = [];
  for (const { name, text } of scripts) {
    const { task, script } = await tryScript(exercise, text, seed);
    const lost = failing(task);
    if (lost.length > 0)
      findings.push(
        `${exercise.id} ${name} loses ${lost.join(', ')}: ${JSON.stringify(task.checks.filter(({ outcome }) => !outcome?.ok))} ${script.stderr.trim()}`,
      );
  }
  return findings;
}

/** Each near miss loses exactly the check that it names. */
export async function gateMistakes(exercise: Exercise, seed: number): Promise<string[]> {
  const findings: string[] = [];
  for (const { name, text } of exerciseScripts(exercise, 'mistakes')) {
    const { task, script } = await tryScript(exercise, text, seed);
    const lost = failing(task).join(', ');
    if (lost !== failedCheckOf(text))
      findings.push(
        `${exercise.id} mistakes/${name} should lose ${failedCheckOf(text)} alone, but loses ${lost || 'nothing'}; ${script.stderr.trim()}`,
      );
  }
  return findings;
}

/** Heartbeats are the cluster's own and go on while a grader asks. */
const HEARTBEATS = ['Lease', 'Node', 'Event'];

async function objectsOf({ cluster }: World): Promise<string> {
  const snapshot = await takeSnapshot(cluster.admin());
  return JSON.stringify(snapshot.all().filter(({ kind }) => !HEARTBEATS.includes(kind)));
}
