import { CelError, type CelValue, toJson } from '../../../api/cel/index.ts';
import { type Expression, policyPrograms } from '../../../api/kinds/admission/policy-programs.ts';
import { isPlainObject } from '../../../api/machinery/json.ts';
import { applyJsonPatch, type JsonPatchOperation } from '../../../api/machinery/json-patch.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { PatchError } from '../../../api/machinery/patch-error.ts';
import { StatusError } from '../../../api/machinery/status-error.ts';
import { isAtomicList, mergeTyped } from '../../../api/machinery/typed-value.ts';
import { decode } from '../../../api/schema/decode.ts';
import { decodeCustom } from '../../../api/schema/decode-custom.ts';
import { applyDefaults } from '../../../api/schema/defaults.ts';
import type { MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding } from '../../../api/schema/generated/types.ts';
import type { Schema } from '../../../api/schema/schema.ts';
import { type AdmissionRequest, type AdmissionView, defineAdmission } from '../admission-plugin.ts';
import { refuse } from '../refuse.ts';
import { activationOf } from './activation.ts';
import { meetsConditions } from './conditions.ts';
import { isExempt, matchesRequest } from './matching.ts';
import { ConfigurationError, paramsFor } from './params.ts';

const GROUP = 'admissionregistration.k8s.io';

type Policy = MutatingAdmissionPolicy;
type Binding = MutatingAdmissionPolicyBinding;

/** Every policy is asked once, in the order of names; `reinvocationPolicy: IfNeeded` asks no second time. */
export const mutatingPolicies = defineAdmission({
  name: 'MutatingAdmissionPolicy',
  operations: ['CREATE', 'UPDATE'],
  mutate(object, request, view) {
    const bindings = view.list(GROUP, 'mutatingadmissionpolicybindings') as unknown as readonly Binding[];
    if (bindings.length === 0 || isExempt(request)) return object;
    const policies = view.list(GROUP, 'mutatingadmissionpolicies') as unknown as readonly Policy[];
    return policies.reduce((current, policy) => underPolicy(policy, bindings, { ...request, object: current }, view), object);
  },
});

type Concerned = AdmissionRequest & { readonly object: KubeObject };

function underPolicy(policy: Policy, bindings: readonly Binding[], request: Concerned, view: AdmissionView): KubeObject {
  if (!matchesRequest(policy.spec?.matchConstraints, request, view)) return request.object;
  return bindings
    .filter(({ spec }) => spec?.policyName === policy.metadata.name && matchesRequest(spec?.matchResources, request, view))
    .reduce((object, binding) => underBinding(policy, binding, { ...request, object }, view), request.object);
}

function underBinding(policy: Policy, binding: Binding, request: Concerned, view: AdmissionView): KubeObject {
  const { spec = {} } = policy;
  try {
    const params = paramsFor(spec.paramKind, binding.spec?.paramRef, request.namespace, view);
    return params.reduce((object: KubeObject, param) => mutated(policy, { ...request, object }, param, view), request.object);
  } catch (error) {
    const why = problemOf(error);
    if (why === undefined) throw error;
    if (spec.failurePolicy === 'Ignore') return request.object;
    const about = `policy '${policy.metadata.name}' with binding '${binding.metadata.name}'`;
    const { status } = refuse(request, `${about} denied request: ${why}`);
    throw StatusError.from({ ...status, reason: 'Invalid', code: 422 });
  }
}

function problemOf(error: unknown): string | undefined {
  if (error instanceof ConfigurationError) return `failed to configure binding: ${error.message}`;
  if (error instanceof PatchError) return `JSON Patch: ${error.message}`;
  return error instanceof CelError ? error.message : undefined;
}

/** One mutation after another, each on what the one before it made. */
function mutated({ spec = {} }: Policy, request: Concerned, params: KubeObject | undefined, view: AdmissionView): KubeObject {
  const programs = policyPrograms(spec);
  if (!meetsConditions(programs, activationOf(request, params, programs, view))) return request.object;
  return (spec.mutations ?? []).reduce<KubeObject>((object, { patchType }, i) => {
    const program = programs.mutations[i];
    if (!program) return object;
    const value = evaluated(program, { ...request, object }, params, view, spec);
    return settled(patchType === 'JSONPatch' ? withPatch(object, value) : withConfiguration(object, value, request), request);
  }, request.object);
}

function evaluated(program: Expression, request: Concerned, params: KubeObject | undefined, view: AdmissionView, spec: NonNullable<Policy['spec']>) {
  return activationOf(request, params, policyPrograms(spec), view).evaluate(program);
}

function withPatch(object: KubeObject, value: CelValue): KubeObject {
  const operations = toJson(value);
  if (!Array.isArray(operations)) throw new CelError('type mismatch: JSONPatchType.expression should evaluate to array');
  return applyJsonPatch(object, operations as JsonPatchOperation[]) as KubeObject;
}

function withConfiguration(object: KubeObject, value: CelValue, { resource }: Concerned): KubeObject {
  const configuration = toJson(value);
  if (!isPlainObject(configuration)) throw new CelError('unsupported return type from ApplyConfiguration expression');
  const atomics = atomicsIn(resource.schema(), configuration, '');
  if (atomics.length > 0) {
    throw new CelError(`error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: ${atomics.join(', ')}`);
  }
  return mergeTyped(resource.schema(), object, configuration) as KubeObject;
}

/** What could only be replaced whole: members not mentioned would be lost unseen. */
function atomicsIn(schema: Schema | undefined, value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    if (isAtomicList(schema)) return [path];
    return value.flatMap((item, i) => atomicsIn(schema?.items, item, `${path}[${i}]`));
  }
  if (!isPlainObject(value)) return [];
  if (schema?.atomic) return [path];
  return Object.entries(value).flatMap(([key, member]) => atomicsIn(schema?.fields?.get(key) ?? schema?.items, member, `${path}.${key}`));
}

/** Patched objects are read anew and get their defaults again. */
function settled(patched: KubeObject, { resource }: Concerned): KubeObject {
  const schema = resource.schema();
  const { object } = (resource.custom ? decodeCustom : decode)(schema, patched);
  const complete = {
    ...object,
    metadata: { ...object.metadata, ...(patched.metadata.managedFields ? { managedFields: patched.metadata.managedFields } : {}) },
  };
  if (resource.custom) return applyDefaults(schema, complete);
  return resource.definition.defaults?.(complete) ?? complete;
}
