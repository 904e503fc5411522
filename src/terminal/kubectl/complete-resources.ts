import type { KubeObject } from '../../api/machinery/object.ts';
import type { Pod } from '../../api/schema/generated/types.ts';
import { resourcePath } from './client/mapper.ts';
import { kubeconfigSources } from './config/client-config.ts';
import { mergeSources } from './config/kubeconfig.ts';
import type { Invocation } from './invocation.ts';

/** Types for the first argument, names for the next ones; `type/name` too. */
export async function completeResources(kubectl: Invocation, word: string): Promise<readonly string[]> {
  const [type] = kubectl.args;
  if (word.includes('/')) {
    const prefix = word.slice(0, word.indexOf('/'));
    return (await namesOf(kubectl, prefix)).map((name) => `${prefix}/${name}`);
  }
  if (type !== undefined && !type.includes('/')) return (await namesOf(kubectl, type)).filter((name) => !kubectl.args.includes(name));
  return completeTypes(kubectl, word);
}

/** Types; after a comma another one. */
export async function completeTypes(kubectl: Invocation, word: string): Promise<readonly string[]> {
  const listed = word.slice(0, word.lastIndexOf(',') + 1);
  return (await kubectl.mapper).all
    .filter(({ verbs }) => verbs.includes('get'))
    .map(({ resource, group }) => `${listed}${resource}${group ? `.${group}` : ''}`);
}

/** Pods by name, and anything that leads to pods as `type/name`. */
export async function completePods(kubectl: Invocation, word: string): Promise<readonly string[]> {
  if (kubectl.args.length > 0) return [];
  if (word.includes('/')) return completeResources(kubectl, word);
  return namesOf(kubectl, 'pods');
}

export const completeNodes = (kubectl: Invocation): Promise<string[]> => namesOf(kubectl, 'nodes');
export const completeNamespaces = (kubectl: Invocation): Promise<string[]> => namesOf(kubectl, 'namespaces');

export const completeNames = (kubectl: Invocation, type: string): Promise<string[]> => namesOf(kubectl, type);

async function namesOf(kubectl: Invocation, type: string): Promise<string[]> {
  const mapping = (await kubectl.mapper).find(type);
  if (!mapping) return [];
  const list = await kubectl.api.get(resourcePath(mapping, mapping.namespaced ? kubectl.namespace : ''));
  return (list.items as readonly KubeObject[]).map(({ metadata }) => metadata.name ?? '');
}

export function completeContexts(kubectl: Invocation, what: 'context' | 'cluster' | 'user' = 'context'): string[] {
  const config = mergeSources(kubeconfigSources(kubectl.process, kubectl.global));
  return Object.keys(config[`${what}s`]);
}

export async function completeContainers(kubectl: Invocation): Promise<string[]> {
  const name = (kubectl.args[0] ?? '').replace(/^pods?\//, '');
  if (!name) return [];
  const pod: Pod = (await kubectl.api.get(`/api/v1/namespaces/${kubectl.namespace}/pods/${name}`)) as unknown as Pod;
  return [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].map((container) => container.name ?? '');
}
