import { formatDuration } from '../../../api/machinery/duration.ts';
import type { HelpGroup, Verb } from '../define-verb.ts';
import type { FlagSpec, FlagSpecs } from '../flags/flag.ts';

/** The help page of a verb, under kubectl's own headings. */
export function helpPage(verb: Verb, parents: readonly string[]): string {
  const sections = [
    `${verb.help.long ?? verb.help.short}\n`,
    verb.aliases?.length ? `Aliases:\n${[verb.name, ...verb.aliases].join(', ')}\n` : '',
    examplesSection(verb),
    verb.subverbs?.length ? `Available Commands:\n${verbList(verb.subverbs)}` : '',
    optionsSection(verb.flags),
    `Usage:\n  ${usageLine(verb, parents)}\n`,
    verb.subverbs?.length ? `Use "${[...parents, verb.name].join(' ')} <command> --help" for more information about a given command.` : '',
  ];
  return `${sections.filter(Boolean).join('\n').trimEnd()}\n${verb.subverbs?.length ? '' : '\n'}${globalNote}`;
}

const globalNote = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

export function usageLine(verb: Verb, parents: readonly string[]): string {
  const line = [...parents, verb.help.usage].join(' ');
  const flagged = Object.keys(verb.flags).length > 0 && !line.includes('[flags]') ? `${line} [flags]` : line;
  return `${flagged} [options]`;
}

function examplesSection({ help }: Verb): string {
  if (!help.examples?.length) return '';
  return `Examples:\n${help.examples.map(([sentence, command]) => `  # ${sentence}\n${indent(command)}`).join('\n  \n')}\n`;
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');

function optionsSection(flags: FlagSpecs): string {
  const lines = flagLines(flags);
  return lines ? `Options:\n${lines}` : '';
}

export function flagLines(flags: FlagSpecs): string {
  const visible = Object.entries(flags as Readonly<Record<string, FlagSpec>>).filter(([, spec]) => !spec.hidden && !spec.deprecated);
  return visible
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, spec]) => `    ${spec.short ? `-${spec.short}, ` : ''}--${name}=${shownDefault(spec)}:\n\t${spec.help}\n`)
    .join('\n');
}

function shownDefault(spec: FlagSpec): string {
  if (spec.type === 'duration') return formatDuration(Number(spec.default));
  if (spec.type === 'string') return `'${String(spec.default)}'`;
  if (spec.type === 'list') return `[${(spec.default as readonly string[]).join(',')}]`;
  return String(spec.default);
}

function verbList(verbs: readonly Verb[]): string {
  const shown = verbs.filter(({ hidden }) => !hidden).sort((a, b) => (a.name < b.name ? -1 : 1));
  const width = Math.max(11, ...shown.map(({ name }) => name.length)) + 2;
  return shown.map((verb) => `  ${verb.name.padEnd(width)} ${verb.help.short}\n`).join('');
}

const groups: readonly HelpGroup[] = [
  'Basic Commands (Beginner)',
  'Basic Commands (Intermediate)',
  'Deploy Commands',
  'Cluster Management Commands',
  'Troubleshooting and Debugging Commands',
  'Advanced Commands',
  'Settings Commands',
  'Other Commands',
];

/** `kubectl --help`: the verbs under their headings, in the order of the list. */
export function rootHelp(verbs: readonly Verb[]): string {
  const sections = groups.map((group) => {
    const members = verbs.filter((verb) => verb.group === group && !verb.hidden);
    return members.length === 0 ? '' : `${group}:\n${members.map((verb) => `  ${verb.name.padEnd(15)} ${verb.help.short}\n`).join('')}`;
  });
  return [
    'kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n',
    ...sections.filter(Boolean),
    `Usage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\n${globalNote}`,
  ].join('\n');
}
