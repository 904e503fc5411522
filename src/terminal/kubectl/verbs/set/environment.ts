import { isEnvVarName } from '../../../../api/machinery/names.ts';
import type { EnvVar, EnvVarSource } from '../../../../api/schema/generated/types.ts';
import { UsageError } from '../../errors.ts';

export interface EnvironmentChange {
  readonly set: readonly EnvVar[];
  readonly remove: readonly string[];
}

/** Resources first, then `NAME=value` and `NAME-`. */
export function splitEnvironment(args: readonly string[]): { resources: readonly string[]; words: readonly string[] } {
  const isEnvironment = (word: string) => /^.+=.*$/s.test(word) || word.endsWith('-');
  const first = args.findIndex(isEnvironment);
  if (first < 0) return { resources: args, words: [] };
  if (!args.slice(first).every(isEnvironment)) throw new UsageError(`all resources must be specified before environment changes: ${args.join(' ')}`);
  return { resources: args.slice(0, first), words: args.slice(first) };
}

/** A lone `-` stands for the lines of standard input. */
export function environmentChange(words: readonly string[], stdin: string): EnvironmentChange {
  const set: EnvVar[] = [];
  const remove: string[] = [];
  const named = new Set<string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    if (word === '-') set.push(...linesOf(stdin));
    else if (equals >= 0) {
      const name = word.slice(0, equals);
      const findings = isEnvVarName(name);
      if (findings.length > 0) throw new UsageError(`${JSON.stringify(name)} is not a valid key name: ${findings.join(';')}`);
      named.add(name);
      set.push({ name, value: word.slice(equals + 1) });
    } else if (word.endsWith('-')) remove.push(word.slice(0, -1));
    else throw new UsageError(`unknown environment variable: ${word}`);
  }
  if (remove.some((name) => named.has(name)))
    throw new UsageError('can not both modify and remove the same environment variable in the same command');
  return { set, remove };
}

const linesOf = (text: string): EnvVar[] =>
  text.split('\n').flatMap((line) => {
    const [content = ''] = line.split('#');
    const equals = content.indexOf('=');
    return equals < 0 ? [] : [{ name: content.slice(0, equals), value: content.slice(equals + 1) }];
  });

/** New values take the place of old ones; removed names go; the rest stays as it is. */
export function changedEnvironment(existing: readonly EnvVar[], { set, remove }: EnvironmentChange): EnvVar[] {
  const covered = new Set(remove);
  const result: EnvVar[] = [];
  for (const old of existing) {
    if (covered.has(old.name)) continue;
    const newer = set.find(({ name }) => name === old.name);
    if (newer) covered.add(old.name);
    result.push(newer ?? old);
  }
  for (const one of set) {
    if (covered.has(one.name)) continue;
    covered.add(one.name);
    result.push(one);
  }
  return result;
}

export function refuseOverwrites(existing: readonly EnvVar[], set: readonly EnvVar[]): void {
  for (const { name, value = '' } of set) {
    const current = existing.find((one) => one.name === name);
    if (current && (current.value ?? '') !== value)
      throw new Error(`'${name}' already has a value (${current.value ?? ''}), and --overwrite is false`);
  }
}

/** `configmap web, key level`. */
export function sourceText({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: EnvVarSource): string {
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`;
  if (secretKeyRef) return `secret ${secretKeyRef.name}, key ${secretKeyRef.key}`;
  if (fieldRef) return `field path ${fieldRef.fieldPath}`;
  if (!resourceFieldRef) return 'invalid valueFrom';
  const { containerName, resource } = resourceFieldRef;
  return `resource field ${containerName ? `${containerName}/` : ''}${resource}`;
}
