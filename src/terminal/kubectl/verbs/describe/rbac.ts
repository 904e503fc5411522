import { byCodePoint } from '../../../../api/machinery/json.ts';
import type { ClusterRole, ClusterRoleBinding, ObjectMeta, PolicyRule, Role, RoleBinding } from '../../../../api/schema/generated/types.ts';
import { brokenDown, compacted, ruleText } from '../../rbac-rules.ts';
import { defineDescriber } from './describer.ts';
import { goList, labelsAndAnnotations } from './parts/metadata.ts';
import type { Writer } from './writer.ts';

function describeRole(w: Writer, { metadata, rules }: { readonly metadata?: ObjectMeta; readonly rules?: readonly PolicyRule[] }): void {
  w.line(0, 'Name:', metadata?.name);
  labelsAndAnnotations(w, metadata);
  w.line(0, 'PolicyRule:');
  ruleTable(w, compacted((rules ?? []).flatMap(brokenDown)));
}

function ruleTable(w: Writer, rules: readonly PolicyRule[]): void {
  w.line(1, 'Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs');
  w.line(1, '---------', '-----------------', '--------------', '-----');
  for (const rule of [...rules].sort((a, b) => byCodePoint(ruleText(a), ruleText(b)))) {
    w.line(1, resourceText(rule), goList(rule.nonResourceURLs), goList(rule.resourceNames), goList(rule.verbs));
  }
}

/** `deployments.apps/scale`. */
export function resourceText({ resources, apiGroups }: PolicyRule): string {
  const [resource, subresource] = (resources?.[0] ?? '').split('/');
  return `${resource ?? ''}${resource && apiGroups?.[0] ? `.${apiGroups[0]}` : ''}${subresource ? `/${subresource}` : ''}`;
}

function describeBinding(w: Writer, { metadata, roleRef, subjects }: RoleBinding | ClusterRoleBinding): void {
  w.line(0, 'Name:', metadata?.name);
  labelsAndAnnotations(w, metadata);
  w.line(0, 'Role:');
  w.line(1, 'Kind:', roleRef?.kind);
  w.line(1, 'Name:', roleRef?.name);
  w.line(0, 'Subjects:');
  w.line(1, 'Kind', 'Name', 'Namespace');
  w.line(1, '----', '----', '---------');
  for (const { kind, name, namespace } of subjects ?? []) w.line(1, kind, name, namespace);
}

const group = 'rbac.authorization.k8s.io';

export const role = defineDescriber<Role>({ kind: 'Role', group, events: false, describe: describeRole });
export const clusterRole = defineDescriber<ClusterRole>({ kind: 'ClusterRole', group, events: false, describe: describeRole });
export const roleBinding = defineDescriber<RoleBinding>({ kind: 'RoleBinding', group, events: false, describe: describeBinding });
export const clusterRoleBinding = defineDescriber<ClusterRoleBinding>({
  kind: 'ClusterRoleBinding',
  group,
  events: false,
  describe: describeBinding,
});
