import { UsageError } from '../errors.ts';

export interface NamedArgument {
  readonly type: string;
  readonly name: string;
}

export interface SplitArguments {
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly tuples: readonly NamedArgument[];
}

export const hasSlashes = (args: readonly string[]): boolean => args.some((arg) => arg.includes('/'));

/** `pods web`, `pods,svc`, `pods,svc web`, `pod/web svc/web`. */
export function splitArguments(given: readonly string[]): SplitArguments {
  const args = crossed(given);
  const slashed = args.filter((arg) => arg.includes('/')).length;
  if (slashed === 0) return { types: commaList(args[0] ?? ''), names: args.slice(1), tuples: [] };
  if (slashed !== args.length) {
    throw new UsageError(
      "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  }
  return { types: [], names: [], tuples: args.map(tuple) };
}

/** `pods,svc web` stands for `pods/web svc/web`. */
function crossed(args: readonly string[]): readonly string[] {
  const types = commaList(args[0] ?? '');
  return args.length >= 2 && types.length > 1 ? types.flatMap((type) => args.slice(1).map((name) => `${type}/${name}`)) : args;
}

function tuple(arg: string): NamedArgument {
  const parts = arg.split('/');
  if (parts.length !== 2) throw new UsageError('arguments in resource/name form may not have more than one slash');
  const [type = '', name = ''] = parts;
  if (!type || !name || commaList(type).length !== 1) throw new UsageError('arguments in resource/name form must have a single resource and name');
  return { type, name };
}

const commaList = (text: string): string[] => (text === '' ? [] : [...new Set(text.split(','))]);
