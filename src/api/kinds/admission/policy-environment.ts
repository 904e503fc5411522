import {
  AUTHORIZER_TYPE,
  BOOL,
  type CelType,
  type Compilation,
  compile,
  DYN,
  type Environment,
  formatType,
  INT,
  listOf,
  mapOf,
  objectType,
  RESOURCE_CHECK_TYPE,
  STRING,
  TIMESTAMP,
} from '../../cel/index.ts';

const strings = (...names: string[]): Record<string, CelType> => Object.fromEntries(names.map((name) => [name, STRING]));
const texts = mapOf(STRING, STRING);

const gvk = objectType('kubernetes.GroupVersionKind', strings('group', 'version', 'kind'));
const gvr = objectType('kubernetes.GroupVersionResource', strings('group', 'version', 'resource'));

const REQUEST = objectType('kubernetes.AdmissionRequest', {
  kind: gvk,
  resource: gvr,
  requestKind: gvk,
  requestResource: gvr,
  ...strings('subResource', 'requestSubResource', 'name', 'namespace', 'operation'),
  userInfo: objectType('kubernetes.UserInfo', { ...strings('username', 'uid'), groups: listOf(STRING), extra: mapOf(STRING, listOf(STRING)) }),
  dryRun: BOOL,
  options: DYN,
});

const CONDITION = objectType('kubernetes.NamespaceCondition', { ...strings('status', 'type', 'message', 'reason'), lastTransitionTime: TIMESTAMP });

export const NAMESPACE = objectType('kubernetes.Namespace', {
  metadata: objectType('kubernetes.NamespaceMetadata', {
    ...strings('name', 'generateName', 'namespace', 'UID', 'resourceVersion'),
    labels: texts,
    annotations: texts,
    creationTimestamp: TIMESTAMP,
    deletionTimestamp: TIMESTAMP,
    deletionGracePeriodSeconds: INT,
    generation: INT,
    finalizers: listOf(STRING),
  }),
  spec: objectType('kubernetes.NamespaceSpec', { finalizers: listOf(STRING) }),
  status: objectType('kubernetes.NamespaceStatus', { phase: STRING, conditions: listOf(CONDITION) }),
});

const JSON_PATCH = objectType('JSONPatch', { ...strings('op', 'path', 'from'), value: DYN });

export interface PolicyScope {
  readonly params: boolean;
  readonly authorizer: boolean;
  /** Of a mutating policy: expressions may build patches. */
  readonly patches?: boolean;
  /** The policy's own variables so far. */
  readonly variables?: ReadonlyMap<string, CelType>;
}

/** What a policy's expression may refer to. */
export function policyEnvironment({ params, authorizer, patches, variables }: PolicyScope): Environment {
  return {
    variables: {
      object: DYN,
      oldObject: DYN,
      namespaceObject: NAMESPACE,
      request: REQUEST,
      ...(params ? { params: DYN } : {}),
      ...(authorizer ? { authorizer: AUTHORIZER_TYPE, 'authorizer.requestResource': RESOURCE_CHECK_TYPE } : {}),
      ...(variables ? { variables: objectType('kubernetes.variables', () => variables) } : {}),
    },
    ...(patches ? { struct: patchType } : {}),
  };
}

function patchType(name: string): CelType | undefined {
  if (name === 'JSONPatch') return JSON_PATCH;
  return name === 'Object' || name.startsWith('Object.') ? objectType(name, {}) : undefined;
}

/** Compiles an expression that has to give one of some types; none given: any type will do. */
export function compilePolicy(source: string, scope: PolicyScope, results: readonly string[]): Compilation {
  const compilation = compile(source, policyEnvironment(scope));
  if (!compilation.program || results.length === 0) return compilation;
  const given = formatType(compilation.program.type);
  if (results.includes(given)) return compilation;
  const isEmptyPatch = given === 'list(dyn)' && results.includes(`list(${formatType(JSON_PATCH)})`);
  if (isEmptyPatch) return compilation;
  return {
    problem:
      results.length === 1 ? `must evaluate to ${results[0]} but got ${given}` : `must evaluate to one of [${results.join(' ')}] but got ${given}`,
  };
}
