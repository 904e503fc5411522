import { byCodePoint } from '../../../../api/machinery/json.ts';
import type { PolicyRule, SelfSubjectAccessReview, SelfSubjectRulesReview } from '../../../../api/schema/generated/types.ts';
import type { Mapping } from '../../client/discovery.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, type FlagValues, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { table } from '../../print/tab-writer.ts';
import { brokenDown, compacted, ruleText } from '../../rbac-rules.ts';
import { goList } from '../describe/parts/metadata.ts';
import { resourceText } from '../describe/rbac.ts';

const flags = {
  'all-namespaces': bool('A', 'Ask about all namespaces.'),
  list: bool('', 'Show all that is allowed.'),
  'no-headers': bool('', 'Leave out the headers.'),
  quiet: bool('q', 'Say nothing; only the exit code answers.'),
  subresource: string('', 'Ask about a subresource: log, scale, …'),
};

type Options = FlagValues<typeof flags>;

const resourceVerbs = 'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(' ');
const urlVerbs = 'get put post head options delete patch *'.split(' ');
const nonStandard = ['users', 'groups'];

export const canI = defineVerb({
  name: 'can-i',
  flags,
  help: {
    usage: 'can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
    short: 'Check whether an action is allowed',
    long: 'Checks whether you, or whomever you act as, may do something. VERB is a verb of the API, TYPE a resource, NONRESOURCEURL begins with a slash.',
    examples: [
      ['Pods in all namespaces', 'kubectl auth can-i create pods --all-namespaces'],
      ['As a service account', 'kubectl auth can-i list deployments --as=system:serviceaccount:dev:foo -n prod'],
      ['Everything that is allowed', 'kubectl auth can-i --list --namespace=foo'],
    ],
  },
  async run(kubectl, options) {
    if (options.list) return list(kubectl, options);
    const request = await parsed(kubectl);
    await warn(kubectl, request, options);
    if (options['no-headers']) throw new UsageError('--no-headers cannot be set without --list specified');
    const { status } = await ask(kubectl, request, options);
    const why = `${status?.reason ? ` - ${status.reason}` : ''}${status?.evaluationError ? ` - ${status.evaluationError}` : ''}`;
    if (!options.quiet) await kubectl.print(status?.allowed ? 'yes\n' : `no${why}\n`);
    return status?.allowed ? 0 : 1;
  },
});

interface Question {
  readonly verb: string;
  readonly url?: string;
  readonly resource: string;
  readonly name: string;
  readonly mapping?: Mapping | undefined;
}

async function parsed(kubectl: Invocation): Promise<Question> {
  const [verb, what] = kubectl.args;
  if (verb === undefined || what === undefined || kubectl.args.length > 2) {
    throw new UsageError(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  }
  if (what.startsWith('/')) return { verb, url: what, resource: '', name: '' };
  const [resource = '', name = ''] = what.split(/\/(.*)/s);
  if (resource === '*') return { verb, resource, name };
  const mapping = (await kubectl.mapper).find(resource);
  if (!mapping && !nonStandard.includes(resource.toLowerCase())) {
    const [bare = '', ...group] = resource.toLowerCase().split('.');
    await kubectl.error(`Warning: the server doesn't have a resource type '${bare}'${group.length > 0 ? ` in group '${group.join('.')}'` : ''}\n\n`);
  }
  return { verb, resource: mapping?.resource ?? resource, name, mapping };
}

async function warn(kubectl: Invocation, { verb, url, mapping }: Question, options: Options): Promise<void> {
  if (url !== undefined) {
    if (options.subresource) throw new UsageError('--subresource can not be used with NonResourceURL');
    if (!urlVerbs.includes(verb)) await kubectl.error(`Warning: verb '${verb}' is not a known verb\n\n`);
    return;
  }
  if (options['all-namespaces']) return;
  if (mapping && !mapping.namespaced) {
    await kubectl.error(`Warning: resource '${mapping.resource}' is not namespace scoped${mapping.group ? ` in group '${mapping.group}'` : ''}\n\n`);
  }
  if (!resourceVerbs.includes(verb)) await kubectl.error(`Warning: verb '${verb}' is not a known verb\n\n`);
}

async function ask(kubectl: Invocation, { verb, url, resource, name, mapping }: Question, options: Options): Promise<SelfSubjectAccessReview> {
  const namespace = options['all-namespaces'] ? '' : kubectl.namespace;
  const resourceAttributes = { namespace, verb, group: mapping?.group ?? '', resource, subresource: options.subresource, name };
  const spec = url === undefined ? { resourceAttributes } : { nonResourceAttributes: { verb, path: url } };
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', metadata: {}, spec };
  return (await kubectl.api.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review)) as unknown as SelfSubjectAccessReview;
}

async function list(kubectl: Invocation, options: Options): Promise<undefined> {
  if (kubectl.args.length > 0) throw new UsageError('list option must be specified with no arguments');
  if (options.quiet || options['all-namespaces'] || options.subresource) {
    throw new UsageError("list option can't be specified with neither quiet, all-namespaces nor subresource options");
  }
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', metadata: {}, spec: { namespace: kubectl.namespace } };
  const { status } = (await kubectl.api.post('/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', review)) as unknown as SelfSubjectRulesReview;
  if (status?.incomplete) await kubectl.error(`Warning: the list may be incomplete: ${status.evaluationError ?? ''}\n`);
  const rules = [...(status?.resourceRules ?? []), ...(status?.nonResourceRules ?? [])] as readonly PolicyRule[];
  const sorted = compacted(rules.flatMap(brokenDown)).sort((a, b) => byCodePoint(ruleText(a), ruleText(b)));
  const rows = sorted.map((rule) => [resourceText(rule), goList(rule.nonResourceURLs), goList(rule.resourceNames), goList(rule.verbs)]);
  await kubectl.print(table(options['no-headers'] ? rows : [['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'], ...rows]));
}
