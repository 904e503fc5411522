import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { Container, EnvVar, EnvVarSource } from '../../../../api/schema/generated/types.ts';
import { messageOf } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { sourceText } from './environment.ts';

/** `kubectl set env --list`: the variables of each container, references as comments or, with `resolve`, as their values. */
export async function listEnvironment(kubectl: Invocation, object: KubeObject, containers: readonly Container[], resolve: boolean): Promise<void> {
  let unresolved = false;
  for (const { name, env = [] } of containers) {
    await kubectl.print(`# ${object.kind} ${object.metadata.name}, container ${name}\n`);
    const problems = new Map<string, string[]>();
    for (const variable of env) await printVariable(kubectl, object, variable, { resolve, problems });
    unresolved ||= problems.size > 0;
    const lines = [...problems].map(([reason, names]) => `error retrieving reference for ${names.sort().join(', ')}: ${reason}\n`);
    for (const line of lines.sort()) await kubectl.error(line);
  }
  if (unresolved) throw new Error('failed to retrieve valueFrom references');
}

interface Resolving {
  readonly resolve: boolean;
  readonly problems: Map<string, string[]>;
}

async function printVariable(kubectl: Invocation, object: KubeObject, { name, value, valueFrom }: EnvVar, { resolve, problems }: Resolving) {
  if (!valueFrom) return kubectl.print(`${name}=${value ?? ''}\n`);
  if (resolve) {
    try {
      return await kubectl.print(`${name}=${await resolved(kubectl, object, valueFrom)}\n`);
    } catch (error) {
      if (error instanceof Error && error.name === 'Killed') throw error;
      const reason = messageOf(error);
      problems.set(reason, [...(problems.get(reason) ?? []), name]);
    }
  }
  return kubectl.print(`# ${name} from ${sourceText(valueFrom)}\n`);
}

async function resolved(kubectl: Invocation, object: KubeObject, { configMapKeyRef, secretKeyRef, fieldRef }: EnvVarSource): Promise<string> {
  if (configMapKeyRef) {
    const { name = '', key } = configMapKeyRef;
    const value = (await dataOf(kubectl, 'configmaps', name))[key];
    if (value === undefined) throw new Error(`key ${key} not found in config map ${name}`);
    return value;
  }
  if (secretKeyRef) {
    const { name = '', key } = secretKeyRef;
    const value = (await dataOf(kubectl, 'secrets', name))[key];
    if (value === undefined) throw new Error(`key ${key} not found in secret ${name}`);
    return Buffer.from(value, 'base64').toString();
  }
  if (fieldRef) return fieldOf(object, fieldRef.fieldPath);
  throw new Error('invalid valueFrom');
}

async function dataOf(kubectl: Invocation, type: string, name: string): Promise<Readonly<Record<string, string>>> {
  const object = await kubectl.api.get(`/api/v1/namespaces/${kubectl.namespace}/${type}/${name}`);
  return (object.data ?? {}) as Readonly<Record<string, string>>;
}

function fieldOf({ metadata }: KubeObject, path: string): string {
  const subscript = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (subscript) return metadata[subscript[1] as 'labels' | 'annotations']?.[subscript[2] ?? ''] ?? '';
  if (path === 'metadata.name') return metadata.name ?? '';
  if (path === 'metadata.namespace') return metadata.namespace ?? '';
  if (path === 'metadata.uid') return metadata.uid ?? '';
  throw new Error(`unsupported fieldPath: ${path}`);
}
