import type { PolicyRule } from '../../../../api/schema/generated/types.ts';
import type { Mapper } from '../../client/mapper.ts';
import { PlainError, UsageError } from '../../errors.ts';
import { array, string, strings } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { defineGenerator } from './generator.ts';

const rbac = 'rbac.authorization.k8s.io/v1';
const resourceVerbs = '* get delete list create update patch watch proxy deletecollection use bind escalate impersonate'.split(' ');
const pathVerbs = '* get post put delete patch head options'.split(' ');

/** Verbs that mean something for these resources only. */
const specialVerbs: Readonly<Record<string, readonly string[]>> = {
  use: ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions'],
  bind: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  escalate: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  impersonate: ['users.', 'serviceaccounts.', 'groups.', 'userextras.authentication.k8s.io'],
};

const ruleFlags = {
  resource: strings('', 'Resource that the rule is about: resource.group/subresource.'),
  'resource-name': array('', 'Name that the rule is limited to; repeat it for several.'),
  verb: strings('', 'Verb that the rule allows.'),
};

interface Wanted {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
}

interface RuleOptions {
  readonly verbs: readonly string[];
  readonly resources: readonly Wanted[];
  readonly names: readonly string[];
}

export const createRole = defineGenerator({
  name: 'role',
  flags: ruleFlags,
  help: {
    usage: 'role NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
    short: 'Create a role with single rule',
    examples: [
      ['Read pods', 'kubectl create role pod-reader --verb=get --verb=list --verb=watch --resource=pods'],
      ['Only some pods', 'kubectl create role pod-reader --verb=get --resource=pods --resource-name=readablepod'],
      ['With a group', 'kubectl create role foo --verb=get,list,watch --resource=rs.apps'],
      ['With a subresource', 'kubectl create role foo --verb=get,list,watch --resource=pods,pods/status'],
    ],
  },
  async build(kubectl, _name, options) {
    const rule = ruleOptions(options);
    if (rule.verbs.length === 0) throw new UsageError('at least one verb must be specified');
    await warnOfVerbs(kubectl, rule.verbs);
    if (rule.resources.length === 0) throw new UsageError('at least one resource must be specified');
    const mapper = await kubectl.mapper;
    checkResources(mapper, rule);
    return { apiVersion: rbac, kind: 'Role', rules: policyRules(mapper, rule, []) };
  },
});

export const createClusterRole = defineGenerator({
  name: 'clusterrole',
  namespaced: false,
  flags: {
    ...ruleFlags,
    'aggregation-rule': string('', 'Label selector of the cluster roles to combine: key=value, separated by commas.'),
    'non-resource-url': strings('', 'Path that the rule is about.'),
  },
  help: {
    usage: 'clusterrole NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
    short: 'Create a cluster role',
    examples: [
      ['Read pods', 'kubectl create clusterrole pod-reader --verb=get,list,watch --resource=pods'],
      ['Read logs of the server', 'kubectl create clusterrole "foo" --verb=get --non-resource-url=/logs/*'],
      ['Of other roles', 'kubectl create clusterrole monitoring --aggregation-rule="rbac.example.com/aggregate-to-monitoring=true"'],
    ],
  },
  async build(kubectl, _name, options) {
    const rule = ruleOptions(options);
    const paths = [...new Set(options['non-resource-url'])];
    const head = { apiVersion: rbac, kind: 'ClusterRole' };
    if (options['aggregation-rule']) {
      if (paths.length + rule.verbs.length + rule.resources.length + rule.names.length > 0)
        throw new UsageError('aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames');
      return { ...head, rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels: mapFlag(options['aggregation-rule']) }] } };
    }
    if (rule.verbs.length === 0) throw new UsageError('at least one verb must be specified');
    if (rule.resources.length === 0 && paths.length === 0) throw new UsageError('one of resource or nonResourceURL must be specified');
    const mapper = await kubectl.mapper;
    if (rule.resources.length > 0) {
      await warnOfVerbs(kubectl, rule.verbs);
      checkResources(mapper, rule);
    }
    checkPaths(paths, rule.verbs);
    return { ...head, rules: policyRules(mapper, rule, paths) };
  },
});

function mapFlag(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [key = '', ...value] = pair.split('=');
      if (value.length === 0) throw new UsageError(`malformed pair, expect string=string`);
      return [key.trim(), value.join('=').trim()];
    }),
  );
}

interface RuleFlags {
  readonly verb: readonly string[];
  readonly resource: readonly string[];
  readonly 'resource-name': readonly string[];
}

function ruleOptions({ verb, resource, 'resource-name': names }: RuleFlags): RuleOptions {
  const resources = resource.map(wantedResource);
  const star = resource.indexOf('*');
  return {
    verbs: verb.includes('*') ? ['*'] : [...new Set(verb)],
    resources: star < 0 ? resources : resources.slice(star, star + 1),
    names: [...new Set(names)],
  };
}

/** `deployments.apps/scale`. */
function wantedResource(text: string): Wanted {
  const slash = text.indexOf('/');
  const type = slash < 0 ? text : text.slice(0, slash);
  const dot = type.indexOf('.');
  return {
    subresource: slash < 0 ? '' : text.slice(slash + 1),
    resource: dot < 0 ? type : type.slice(0, dot),
    group: dot < 0 ? '' : type.slice(dot + 1),
  };
}

async function warnOfVerbs(kubectl: Invocation, verbs: readonly string[]): Promise<void> {
  for (const verb of verbs) if (!resourceVerbs.includes(verb)) await kubectl.error(`Warning: '${verb}' is not a standard resource verb\n`);
}

function served(mapper: Mapper, { resource, group }: Wanted) {
  return mapper.find(group ? `${resource}.${group}` : resource);
}

function checkResources(mapper: Mapper, { resources, verbs }: RuleOptions): void {
  for (const wanted of resources) {
    if (!wanted.resource) throw new UsageError('resource must be specified if apiGroup/subresource specified');
    if (wanted.resource === '*') return;
    const found = served(mapper, wanted);
    const { resource, group } = found ?? wanted;
    const special = verbs.filter((verb) => specialVerbs[verb]);
    const barred = special.find((verb) => !specialVerbs[verb]?.includes(`${resource}.${group}`));
    if (barred) throw new UsageError(`can not perform '${barred}' on '${resource}' in group '${group}'`);
    if (!found && special.length === 0) throw new PlainError(unknownResource(wanted));
  }
}

const unknownResource = ({ resource, group }: Wanted): string =>
  `the server doesn't have a resource type ${JSON.stringify(resource)}${group ? ` in group ${JSON.stringify(group)}` : ''}`;

function checkPaths(paths: readonly string[], verbs: readonly string[]): void {
  if (paths.length === 0) return;
  const odd = verbs.find((verb) => !pathVerbs.includes(verb));
  if (odd !== undefined) throw new UsageError(`invalid verb: '${odd}' for nonResourceURL`);
  for (const path of paths) {
    if (path === '*') continue;
    if (!path.startsWith('/')) throw new UsageError('nonResourceURL should start with /');
    if (path.slice(0, -1).includes('*')) throw new UsageError("nonResourceURL only supports wildcard matches when '*' is at the end");
  }
}

/** One rule for each API group, in their order, and one for the paths. */
function policyRules(mapper: Mapper, { verbs, resources, names }: RuleOptions, paths: readonly string[]): PolicyRule[] {
  const groups = new Map<string, string[]>();
  for (const wanted of resources) {
    const { group, resource } = served(mapper, wanted) ?? wanted;
    const full = wanted.subresource ? `${resource}/${wanted.subresource}` : resource;
    const listed = groups.get(group) ?? [];
    groups.set(group, listed.includes(full) ? listed : [...listed, full]);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const rules: PolicyRule[] = sorted.map(([group, list]) => ({ verbs, apiGroups: [group], resources: list, resourceNames: names }));
  return paths.length > 0 ? [...rules, { verbs, nonResourceURLs: paths }] : rules;
}
