import { semanticEqual } from '../machinery/deep-equal.ts';
import { isDns1123Label } from '../machinery/names.ts';
import type { PodTemplateSpec } from '../schema/generated/types.ts';
import { root } from './field-checks.ts';
import { podWarnings } from './pod/warnings.ts';

/** A name that its pods cannot all use as a host name. */
export function hostnameWarning(name: string | undefined, use = 'Pod names and hostnames'): string[] {
  const messages = name ? isDns1123Label(name) : [];
  if (messages.length === 0) return [];
  return [`metadata.name: this is used in ${use}, which can result in surprising behavior; a DNS label is recommended: [${messages.join(' ')}]`];
}

/** For a new workload its name and template, for an update the template where it changed. */
export function workloadWarnings(
  name: string | undefined,
  template: PodTemplateSpec | undefined,
  path: readonly string[],
  old: { template: PodTemplateSpec | undefined } | undefined,
): string[] {
  if (old && semanticEqual(template, old.template)) return [];
  const [first = 'template', ...rest] = path;
  const at = rest.length > 0 ? root(first).child(...rest) : root(first);
  return [...(old ? [] : hostnameWarning(name)), ...podWarnings(template?.spec, template?.metadata, at)];
}
