import type { ResourceType } from '../../api/client/api-client.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import type { ValidatingAdmissionPolicy } from '../../api/schema/generated/types.ts';
import { defineController, keyOf, watch } from './define-controller.ts';

const POLICIES: ResourceType<ValidatingAdmissionPolicy & KubeObject> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingadmissionpolicies',
  kind: 'ValidatingAdmissionPolicy',
  namespaced: false,
};

/** Notes which generation of a policy has been looked at; expressions are not checked against the types of what they match. */
export const validatingAdmissionPolicyStatus = defineController({
  name: 'validatingadmissionpolicy-status-controller',
  watches: [watch(POLICIES, (policy) => [keyOf(policy)])],
  async reconcile(name, { api, informers }) {
    const policy = informers.for(POLICIES).get('', name);
    const generation = policy?.metadata.generation;
    if (!policy || policy.status?.observedGeneration === generation) return;
    const status = { ...policy.status, ...(generation === undefined ? {} : { observedGeneration: generation }), typeChecking: {} };
    await api.updateStatus(POLICIES, { ...policy, status });
  },
});
