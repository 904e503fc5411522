import type { Section } from '../../config/kubeconfig.ts';
import type { Verb } from '../../define-verb.ts';
import { defineConfigVerb } from './define-config-verb.ts';

const singular = { clusters: 'cluster', contexts: 'context', users: 'user' } as const;

function deleting(section: Section): Verb {
  const noun = singular[section];
  return defineConfigVerb({
    name: `delete-${noun}`,
    usage: `delete-${noun} NAME`,
    short: `Delete the specified ${noun} from the kubeconfig`,
    examples: [[`Delete a ${noun}`, `kubectl config delete-${noun} minikube`]],
    flags: {},
    arity: 1,
    completes: noun,
    async run(kubectl, editor) {
      const [name = ''] = kubectl.args;
      editor.requireEntry(section, name, `cannot delete ${noun} ${name}, not in ${editor.target}`);
      if (section === 'contexts' && editor.merged.currentContext === name) {
        await kubectl.error('warning: this removed your active context, use "kubectl config use-context" to select a different one\n');
      }
      editor.remove(section, name);
      await kubectl.print(`deleted ${noun} ${name} from ${editor.target}\n`);
    },
  });
}

export const deleteVerbs: readonly Verb[] = [deleting('clusters'), deleting('contexts'), deleting('users')];

export const listVerbs: readonly Verb[] = (['clusters', 'users'] as const).map((section) =>
  defineConfigVerb({
    name: `get-${section}`,
    usage: `get-${section}`,
    short: `Display ${section} defined in the kubeconfig`,
    examples: [[`All ${section}`, `kubectl config get-${section}`]],
    flags: {},
    arity: [0, 99],
    async run(kubectl, { merged }) {
      await kubectl.print(['NAME', ...Object.keys(merged[section]).sort()].map((line) => `${line}\n`).join(''));
    },
  }),
);
