import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `npm run new -- domain/slug`: lays out an exercise and its grader, to be filled in. */
const root = new URL('../../', import.meta.url).pathname;
const [id = ''] = process.argv.slice(2);

if (!/^[a-z0-9-]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
  fail('give its name as domain/slug in lower case: `npm run new -- storage/claim-stuck-pending`');
const folder = join(root, 'exercises', id);
if (existsSync(folder)) fail(`exercises/${id} is there already`);

const files: Record<string, string> = {
  'exercise.yaml': `version: 1
title: { en: Say what is wrong, ko: 무엇이 문제인지 쓰기 }
exams: { cka: ${id.split('/')[0]} }
archetypes: [T01]
difficulty: medium
minutes: 6
vars:
  ns: [orion, lyra, vega]
checks:
  - { id: first, weight: 1, title: { en: First check, ko: 첫 번째 항목 } }
  - { id: second, weight: 1, title: { en: Second check, ko: 두 번째 항목 } }
  - { id: third, weight: 1, title: { en: Third check, ko: 세 번째 항목 } }
`,
  'task.en.md': 'In namespace `{{ns}}` …\n',
  'task.ko.md': '네임스페이스 `{{ns}}`에서 …\n',
  'hints.en.md': 'A nudge.\n\n---\n\nNearly the answer.\n',
  'hints.ko.md': '작은 힌트.\n\n---\n\n거의 정답.\n',
  'setup.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: "{{ns}}" }\n',
  'solution.sh': 'kubectl -n {{ns}} get all\n',
  'other-solutions/another-way.sh': 'kubectl -n {{ns}} get all\n',
  'mistakes/one.sh': '# fails: first\n',
  'mistakes/two.sh': '# fails: second\n',
};
for (const [name, text] of Object.entries(files)) write(join(folder, name), text);
write(
  join(root, 'graders', `${id}.ts`),
  `import { grader } from '../../src/trainer/grading/index.ts';

export default grader({
  first: (c) => c.get('Namespace', c.vars.ns ?? '').has('metadata.labels.done', 'yes'),
  second: (c) => c.get('Namespace', c.vars.ns ?? '').has('metadata.labels.done', 'yes'),
  third: (c) => c.get('Namespace', c.vars.ns ?? '').has('metadata.labels.done', 'yes'),
});
`,
);
process.stdout.write(`exercises/${id} and graders/${id}.ts are laid out; docs/add-an-exercise.md says how to go on\n`);

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function fail(message: string): never {
  process.stderr.write(`new: ${message}\n`);
  process.exit(2);
}
