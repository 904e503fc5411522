import { isPlainObject } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import type { PolicyRule, Subject } from '../../../../api/schema/generated/types.ts';
import { resourcePath } from '../../client/mapper.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { fileFlags, printFlags } from '../../print/print-flags.ts';
import { brokenDown } from '../../rbac-rules.ts';
import { type Info, refetch, selectAll } from '../../resource/selection.ts';
import { dryRunFlag, dryRunOf } from '../../writing/write-flags.ts';
import { goList } from '../describe/parts/metadata.ts';

interface Plan {
  readonly operation: 'create' | 'update' | 'recreate' | 'none';
  readonly object: KubeObject;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export const reconcile = defineVerb({
  name: 'reconcile',
  flags: {
    ...printFlags,
    ...fileFlags,
    ...dryRunFlag,
    'remove-extra-permissions': bool('', 'Remove rules that the manifest lacks.'),
    'remove-extra-subjects': bool('', 'Remove subjects that the manifest lacks.'),
  },
  help: {
    usage: 'reconcile -f FILENAME',
    short: 'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects',
    examples: [['Roles of a file', 'kubectl auth reconcile -f my-rbac-rules.yaml']],
  },
  async run(kubectl, options) {
    if (kubectl.args.length > 0) throw new UsageError('no arguments are allowed');
    if (options.filename.length === 0 && !options.kustomize) throw new UsageError('must specify one of -f and -k');
    const dryRun = await dryRunOf(kubectl, options['dry-run']);
    if (dryRun === 'server') throw new UsageError('--dry-run=server for command reconcile is not supported yet');
    const infos = await selectAll(kubectl, options);
    const print = objectPrinter({
      output: options.output,
      template: options.template,
      operation: 'reconciled',
      dryRun,
      readFile: (path) => kubectl.readText(path),
    });
    for (const info of infos) {
      if (info.mapping.group !== 'rbac.authorization.k8s.io') continue;
      const plan = planFor(info.object, await existing(kubectl, info), {
        rules: options['remove-extra-permissions'],
        subjects: options['remove-extra-subjects'],
      });
      await kubectl.print(print(dryRun === 'client' ? plan.object : await carryOut(kubectl, info, plan)));
      await tell(kubectl, plan, 'rules' in info.object ? 'rules' : 'subjects', dryRun === 'client');
    }
    return undefined;
  },
});

async function existing(kubectl: Invocation, info: Info): Promise<KubeObject | undefined> {
  try {
    return await refetch(kubectl, info);
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

function planFor(wanted: KubeObject, found: KubeObject | undefined, remove: { rules: boolean; subjects: boolean }): Plan {
  return 'roleRef' in wanted ? bindingPlan(wanted, found, remove.subjects) : rolePlan(wanted, found, remove.rules);
}

function rolePlan(wanted: KubeObject, found: KubeObject | undefined, remove: boolean): Plan {
  const rules = (wanted.rules ?? []) as readonly PolicyRule[];
  if (!found) return { operation: 'create', object: wanted, missing: rules.map(ruleLine), extra: [] };
  const present = (found.rules ?? []) as readonly PolicyRule[];
  const missing = uncovered(rules, present);
  const extra = uncovered(present, rules);
  const next = remove && extra.length > 0 ? rules : [...present, ...missing];
  const changed = missing.length > 0 || (remove && extra.length > 0);
  return {
    operation: changed ? 'update' : 'none',
    object: { ...found, rules: next },
    missing: missing.map(ruleLine),
    extra: remove ? extra.map(ruleLine) : [],
  };
}

/** Single permissions that no rule of the others grants. */
function uncovered(rules: readonly PolicyRule[], others: readonly PolicyRule[]): PolicyRule[] {
  return rules.flatMap(brokenDown).filter((one) => !others.some((other) => covers(other, one)));
}

function covers(owner: PolicyRule, one: PolicyRule): boolean {
  const has = (list: readonly string[] | undefined, values: readonly string[] | undefined) =>
    (values ?? []).every((value) => list?.includes('*') || list?.includes(value));
  if (!has(owner.verbs, one.verbs)) return false;
  if (one.nonResourceURLs?.length) return has(owner.nonResourceURLs, one.nonResourceURLs);
  const named = !owner.resourceNames?.length || (Boolean(one.resourceNames?.length) && has(owner.resourceNames, one.resourceNames));
  return has(owner.apiGroups, one.apiGroups) && has(owner.resources, one.resources) && named;
}

function bindingPlan(wanted: KubeObject, found: KubeObject | undefined, remove: boolean): Plan {
  const subjects = (wanted.subjects ?? []) as readonly Subject[];
  if (!found) return { operation: 'create', object: wanted, missing: subjects.map(subjectLine), extra: [] };
  const present = (found.subjects ?? []) as readonly Subject[];
  const missing = subjects.filter((one) => !present.some((other) => subjectLine(other) === subjectLine(one)));
  const extra = remove ? present.filter((one) => !subjects.some((other) => subjectLine(other) === subjectLine(one))) : [];
  const next = [...present.filter((one) => !extra.includes(one)), ...missing];
  const sameRole =
    isPlainObject(wanted.roleRef) &&
    isPlainObject(found.roleRef) &&
    wanted.roleRef.name === found.roleRef.name &&
    wanted.roleRef.kind === found.roleRef.kind;
  const operation = !sameRole ? 'recreate' : missing.length + extra.length > 0 ? 'update' : 'none';
  return {
    operation,
    object: { ...found, subjects: next, roleRef: wanted.roleRef },
    missing: missing.map(subjectLine),
    extra: extra.map(subjectLine),
  };
}

async function carryOut(kubectl: Invocation, { mapping, namespace, name }: Info, { operation, object }: Plan): Promise<KubeObject> {
  const path = resourcePath(mapping, namespace, name);
  if (operation === 'none') return object;
  if (operation === 'update') return kubectl.api.put(path, object);
  if (operation === 'recreate') await kubectl.api.delete(path, {});
  if (operation === 'create' && namespace) await requireNamespace(kubectl, namespace);
  const { resourceVersion: _version, uid: _uid, ...metadata } = object.metadata;
  return kubectl.api.post(resourcePath(mapping, namespace), { ...object, metadata });
}

async function requireNamespace(kubectl: Invocation, name: string): Promise<void> {
  try {
    await kubectl.api.post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  } catch (error) {
    if (!isStatusError(error, 'AlreadyExists')) throw error;
  }
}

async function tell(kubectl: Invocation, { operation, missing, extra }: Plan, noun: string, dryRun: boolean): Promise<void> {
  if (operation === 'none') return;
  const lines = (title: string, list: readonly string[]) => (list.length > 0 ? `\t${title}:\n${list.map((line) => `\t\t${line}\n`).join('')}` : '');
  await kubectl.error(
    `\treconciliation required ${operation}${dryRun ? ' (dry run)' : ''}\n${lines(`missing ${noun} added`, missing)}${lines(`extra ${noun} removed`, extra)}`,
  );
}

const ruleLine = ({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string =>
  `{Verbs:${goList(verbs)} APIGroups:${goList(apiGroups)} Resources:${goList(resources)} ResourceNames:${goList(resourceNames)} NonResourceURLs:${goList(nonResourceURLs)}}`;

function subjectLine({ kind, apiGroup, name, namespace }: Subject): string {
  const group = apiGroup ?? (kind === 'ServiceAccount' ? '' : 'rbac.authorization.k8s.io');
  return `{Kind:${kind} APIGroup:${group} Name:${name} Namespace:${namespace ?? ''}}`;
}
