import { type Activation, authorizerValue, CelError, CelMap, type CelValue, fromJson } from '../../../api/cel/index.ts';
import { NAMESPACE } from '../../../api/kinds/admission/policy-environment.ts';
import type { Expression, PolicyPrograms } from '../../../api/kinds/admission/policy-programs.ts';
import { apiVersionOf, type KubeObject, parseApiVersion } from '../../../api/machinery/object.ts';
import type { UserInfo } from '../../apiserver/user.ts';
import type { AdmissionRequest, AdmissionView } from '../admission-plugin.ts';

/** What a policy's expressions see of one request; the cost of all that they do comes out of one budget. */
export interface PolicyActivation {
  evaluate(expression: Expression): CelValue;
}

const BUDGET = 10_000_000;

export function activationOf(
  request: AdmissionRequest,
  params: KubeObject | undefined,
  programs: Pick<PolicyPrograms, 'variables'>,
  view: AdmissionView,
): PolicyActivation {
  let budget = BUDGET;
  const spend = (cost: number): void => {
    budget -= cost;
  };
  const values = new Map<string, CelValue>();
  const lookup: Activation = (name) => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const made = name === 'variables' ? variables() : root(name, request, params, view);
    if (made !== undefined) values.set(name, made);
    return made;
  };
  const variables = (): CelValue => new LazyVariables(programs.variables, lookup, spend);
  return {
    evaluate({ source, compilation }) {
      if (!compilation.program) throw new CelError(compilation.problem);
      if (budget <= 0) throw new CelError('validation failed due to running out of cost budget, no further validation rules will be run');
      try {
        return compilation.program.run(lookup, spend);
      } catch (error) {
        if (error instanceof CelError) throw new CelError(`expression '${source}' resulted in error: ${error.message}`);
        throw error;
      }
    },
  };
}

/** Variables are evaluated when first asked for, and once. */
class LazyVariables extends CelMap {
  readonly #programs: PolicyPrograms['variables'];
  readonly #lookup: Activation;
  readonly #spend: (cost: number) => void;
  readonly #known = new Map<CelValue, CelValue>();

  constructor(programs: PolicyPrograms['variables'], lookup: Activation, spend: (cost: number) => void) {
    super();
    this.#programs = programs;
    this.#lookup = lookup;
    this.#spend = spend;
  }

  override has(key: CelValue): boolean {
    return this.#programs.some(({ name }) => name === key);
  }

  override get(key: CelValue): CelValue | undefined {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#programs.find(({ name }) => name === key);
    if (!found) return undefined;
    try {
      if (!found.compilation.program) throw new CelError(found.compilation.problem);
      const value = found.compilation.program.run(this.#lookup, this.#spend);
      this.#known.set(key, value);
      return value;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      throw new CelError(`composited variable ${JSON.stringify(key)} fails to evaluate: ${error.message}`);
    }
  }
}

function root(name: string, request: AdmissionRequest, params: KubeObject | undefined, view: AdmissionView): CelValue | undefined {
  switch (name) {
    case 'object':
      return fromJson(request.object);
    case 'oldObject':
      return fromJson(request.old);
    case 'params':
      return fromJson(params);
    case 'request':
      return fromJson(requestObject(request));
    case 'namespaceObject':
      return namespaceObject(request, view);
    case 'authorizer':
      return authorizer(request, view);
    default:
      return undefined;
  }
}

function requestObject({ operation, resource, subresource, namespace, name, user, dryRun, object, old }: AdmissionRequest): object {
  const { group, version } = resource;
  const { kind, apiVersion } = object ?? old ?? { kind: resource.kind, apiVersion: apiVersionOf(resource) };
  const type = { ...parseApiVersion(apiVersion), kind };
  const served = { group, version, resource: resource.resource };
  return {
    kind: type,
    resource: served,
    subResource: subresource,
    requestKind: type,
    requestResource: served,
    requestSubResource: subresource,
    name,
    namespace,
    operation,
    userInfo: { username: user.name, uid: user.uid ?? '', groups: user.groups, extra: user.extra ?? {} },
    dryRun,
    options: {},
  };
}

function namespaceObject({ resource, namespace }: AdmissionRequest, view: AdmissionView): CelValue {
  const isNamespace = resource.group === '' && resource.resource === 'namespaces';
  return fromJson(namespace && !isNamespace ? view.get('', 'namespaces', '', namespace) : null, NAMESPACE);
}

function authorizer({ resource, subresource, namespace, name, user }: AdmissionRequest, view: AdmissionView): CelValue {
  return authorizerValue(
    ({ verb, path, serviceAccount, group = '', ...question }) => {
      const asking = serviceAccount ? accountOf(serviceAccount) : user;
      const allowed =
        path === undefined
          ? view.allowed(asking, { verb, group, ...question, resource: question.resource ?? '' })
          : view.allowedPath(asking, verb, path);
      return { allowed, reason: '' };
    },
    { group: resource.group, resource: resource.resource, subresource, namespace, name },
  );
}

const accountOf = ({ namespace, name }: { namespace: string; name: string }): UserInfo => ({
  name: `system:serviceaccount:${namespace}:${name}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});
