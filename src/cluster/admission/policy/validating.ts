import { CelError } from '../../../api/cel/index.ts';
import { type PolicyPrograms, policyPrograms } from '../../../api/kinds/admission/policy-programs.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { StatusError } from '../../../api/machinery/status-error.ts';
import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../../../api/schema/generated/types.ts';
import { type AdmissionRequest, type AdmissionView, defineAdmission } from '../admission-plugin.ts';
import { refuse } from '../refuse.ts';
import { activationOf, type PolicyActivation } from './activation.ts';
import { meetsConditions } from './conditions.ts';
import { isExempt, matchesRequest } from './matching.ts';
import { ConfigurationError, paramsFor } from './params.ts';

const GROUP = 'admissionregistration.k8s.io';
const MAX_MESSAGE = 5 * 1024;
const CODES: Readonly<Record<string, number>> = { Forbidden: 403, Unauthorized: 401, RequestEntityTooLarge: 413, Invalid: 422 };

type Policy = ValidatingAdmissionPolicy;
type Binding = ValidatingAdmissionPolicyBinding;

interface Denial {
  readonly message: string;
  readonly reason: string;
}

export const validatingPolicies = defineAdmission({
  name: 'ValidatingAdmissionPolicy',
  operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
  validate(request, view) {
    const bindings = view.list(GROUP, 'validatingadmissionpolicybindings') as unknown as readonly Binding[];
    if (bindings.length === 0 || isExempt(request)) return;
    const policies = view.list(GROUP, 'validatingadmissionpolicies') as unknown as readonly Policy[];
    const denied = policies.flatMap((policy) => verdicts(policy, bindings, request, view));
    if (denied[0]) throw refusal(request, denied[0]);
  },
});

/** What all of a policy's bindings hold against a request; warnings are given on the way. */
function verdicts(policy: Policy, bindings: readonly Binding[], request: AdmissionRequest, view: AdmissionView): Denial[] {
  const { spec = {}, metadata } = policy;
  if (!matchesRequest(spec.matchConstraints, request, view)) return [];
  const own = bindings.filter((binding) => binding.spec?.policyName === metadata.name && matchesRequest(binding.spec?.matchResources, request, view));
  return own.flatMap((binding) => {
    const about = `'${metadata.name}' with binding '${binding.metadata.name}'`;
    const actions = binding.spec?.validationActions ?? [];
    const wrong = bindingFailures(policy, binding, request, view);
    if (actions.includes('Warn')) {
      for (const { message, isConfiguration } of wrong) {
        if (!isConfiguration) request.warn(`Validation failed for ValidatingAdmissionPolicy ${about}: ${message}`);
      }
    }
    return wrong
      .filter(({ isConfiguration }) => isConfiguration || actions.includes('Deny'))
      .map(({ message, reason }) => ({ reason, message: `ValidatingAdmissionPolicy ${about} denied request: ${message}` }));
  });
}

interface Failure extends Denial {
  readonly isConfiguration?: boolean;
}

function bindingFailures({ spec = {} }: Policy, binding: Binding, request: AdmissionRequest, view: AdmissionView): Failure[] {
  const fails = spec.failurePolicy !== 'Ignore';
  try {
    const params = paramsFor(spec.paramKind, binding.spec?.paramRef, request.namespace, view);
    return params.flatMap((param) => evaluate(spec, request, param, view));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return fails ? [{ message: `failed to configure binding: ${error.message}`, reason: 'Invalid', isConfiguration: true }] : [];
  }
}

type Spec = NonNullable<Policy['spec']>;

function evaluate(spec: Spec, request: AdmissionRequest, params: KubeObject | undefined, view: AdmissionView): Failure[] {
  const programs = policyPrograms(spec);
  const activation = activationOf(request, params, programs, view);
  const onError = (error: unknown): Failure[] => {
    if (!(error instanceof CelError)) throw error;
    return spec.failurePolicy === 'Ignore' ? [] : [{ message: error.message, reason: 'Invalid' }];
  };
  try {
    if (!meetsConditions(programs, activation)) return [];
  } catch (error) {
    return onError(error);
  }
  return (spec.validations ?? []).flatMap((validation, i) => {
    const program = programs.validations[i];
    try {
      if (!program || activation.evaluate(program.check) === true) return [];
    } catch (error) {
      return onError(error);
    }
    const message = worded(program, activation) || validation.message?.trim() || `failed expression: ${validation.expression.trim()}`;
    return [{ message, reason: validation.reason ?? 'Invalid' }];
  });
}

/** A message that cannot be made, or is no single short line, gives way to the fixed one. */
function worded({ message }: PolicyPrograms['validations'][number], activation: PolicyActivation): string {
  if (!message) return '';
  try {
    const value = activation.evaluate(message);
    const text = typeof value === 'string' ? value.trim() : '';
    return text.includes('\n') || text.length > MAX_MESSAGE ? '' : text;
  } catch (error) {
    if (error instanceof CelError) return '';
    throw error;
  }
}

function refusal(request: AdmissionRequest, { message, reason }: Denial): StatusError {
  const { status } = refuse(request, message);
  return StatusError.from({ ...status, reason, code: CODES[reason] ?? 422, details: { ...status.details, causes: [{ message }] } });
}
