import type { Info } from '../../resource/selection.ts';

/** An object as Go prints a resource.Info in complaints. */
export const describeInfo = ({ mapping, name, namespace }: Info): string => {
  const { group, version, resource, kind } = mapping;
  const gv = group ? `${group}/${version}` : `/${version}`;
  return `Resource: "${gv}, Resource=${resource}", GroupVersionKind: "${gv}, Kind=${kind}"\nName: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace)}`;
};
