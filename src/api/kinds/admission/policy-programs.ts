import { type CelType, type Compilation, DYN } from '../../cel/index.ts';
import type { MutatingAdmissionPolicySpec, ValidatingAdmissionPolicySpec } from '../../schema/generated/types.ts';
import { compilePolicy, type PolicyScope } from './policy-environment.ts';

export interface Expression {
  readonly source: string;
  readonly compilation: Compilation;
}

/** A policy's expressions, compiled; each list runs parallel to the policy's own. */
export interface PolicyPrograms {
  readonly conditions: readonly Expression[];
  readonly variables: readonly (Expression & { readonly name: string })[];
  readonly validations: readonly { readonly check: Expression; readonly message: Expression | undefined }[];
  readonly annotations: readonly Expression[];
  readonly mutations: readonly Expression[];
}

type Spec = ValidatingAdmissionPolicySpec & Pick<MutatingAdmissionPolicySpec, 'mutations'>;

const cache = new WeakMap<object, PolicyPrograms>();

export function policyPrograms(spec: Spec): PolicyPrograms {
  const known = cache.get(spec);
  if (known) return known;
  const made = compileAll(spec);
  cache.set(spec, made);
  return made;
}

function compileAll(spec: Spec): PolicyPrograms {
  const isMutating = spec.mutations !== undefined;
  const base: PolicyScope = { params: spec.paramKind !== undefined, authorizer: true };
  const variables = compileVariables(spec, base);
  const hasVariables = isMutating || variables.length > 0;
  const types = new Map(variables.map(({ name, compilation }) => [name, compilation.program?.type ?? DYN]));
  const scope: PolicyScope = hasVariables ? { ...base, variables: types } : base;
  return {
    conditions: (spec.matchConditions ?? []).map(({ expression }) => compiled(expression?.trim(), base, 'bool')),
    variables,
    validations: (spec.validations ?? []).map(({ expression, messageExpression }) => ({
      check: compiled(expression, scope, 'bool'),
      message: messageExpression?.trim() ? compiled(messageExpression, { ...scope, authorizer: false }, 'string') : undefined,
    })),
    annotations: (spec.auditAnnotations ?? []).map(({ valueExpression }) => compiled(valueExpression?.trim(), scope, 'string', 'null')),
    mutations: (spec.mutations ?? []).map(({ patchType, applyConfiguration, jsonPatch }) =>
      patchType === 'JSONPatch'
        ? compiled(jsonPatch?.expression?.trim(), { ...scope, patches: true }, 'list(JSONPatch)')
        : compiled(applyConfiguration?.expression?.trim(), { ...scope, patches: true }, 'Object'),
    ),
  };
}

/** Each variable sees those before it. */
function compileVariables({ variables = [] }: Spec, base: PolicyScope): PolicyPrograms['variables'] {
  const types = new Map<string, CelType>();
  return variables.map(({ name, expression }) => {
    const one = compiled(expression, { ...base, variables: new Map(types) });
    types.set(name, one.compilation.program?.type ?? DYN);
    return { ...one, name };
  });
}

const compiled = (source = '', scope: PolicyScope, ...results: string[]): Expression => ({
  source,
  compilation: compilePolicy(source, scope, results),
});
