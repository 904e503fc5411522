import { expect, test } from 'vitest';
import { VirtualClock } from '../../../src/clock/index.ts';
import { createControlPlane } from '../../../src/cluster/control-plane.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const POLICIES = '/apis/admissionregistration.k8s.io/v1';
const CONFIG_MAPS = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE', 'DELETE'], resources: ['configmaps'] };

interface Setup {
  readonly policy: object;
  readonly binding?: object;
  readonly body?: object;
}

interface Answer {
  readonly message?: string;
  readonly reason?: string;
  readonly code?: number;
  readonly data?: object;
  readonly metadata?: { readonly labels?: object };
}

async function create(kind: 'validating' | 'mutating', { policy, binding = {}, body = {} }: Setup): Promise<{ made: Answer; answer: Answer }> {
  const call = createControlPlane({ clock: new VirtualClock({ start, seed: 1 }) }).admin();
  await call({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'n', labels: { env: 'prod' } } } });
  const operations = kind === 'mutating' ? ['CREATE'] : CONFIG_MAPS.operations;
  const spec = { matchConstraints: { resourceRules: [{ ...CONFIG_MAPS, operations }] }, ...policy };
  const { body: made } = await call({
    method: 'POST',
    path: `${POLICIES}/${kind}admissionpolicies`,
    body: { metadata: { name: 'p' }, spec: kind === 'mutating' ? { reinvocationPolicy: 'Never', ...spec } : spec },
  });
  const bound = { policyName: 'p', ...(kind === 'validating' ? { validationActions: ['Deny'] } : {}), ...binding };
  await call({ method: 'POST', path: `${POLICIES}/${kind}admissionpolicybindings`, body: { metadata: { name: 'b' }, spec: bound } });
  const { body: answer } = await call({
    method: 'POST',
    path: '/api/v1/namespaces/n/configmaps',
    body: { metadata: { name: 'c' }, data: { a: '1' }, ...body },
  });
  return { made: made as Answer, answer: answer as Answer };
}

const DENIED = "configmaps \"c\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ";
const rule = (expression: string, more: object = {}) => ({ validations: [{ expression, ...more }] });

test.each<[string, Setup, string]>([
  ['admits what holds', { policy: rule("object.data.a == '1'") }, 'admitted'],
  ['says the expression', { policy: rule("object.data.a == '2'") }, `${DENIED}failed expression: object.data.a == '2'`],
  ['sees the request', { policy: rule("request.operation != 'CREATE' || request.namespace != 'n'", { message: 'not here' }) }, `${DENIED}not here`],
  [
    'sees the namespace',
    { policy: rule("namespaceObject.metadata.labels['env'] != 'prod'") },
    `${DENIED}failed expression: namespaceObject.metadata.labels['env'] != 'prod'`,
  ],
  ['asks for rights', { policy: rule("authorizer.group('apps').resource('deployments').namespace('n').check('create').allowed()") }, 'admitted'],
  ['asks for its own right', { policy: rule("!authorizer.requestResource.check('delete').allowed()", { message: 'may' }) }, `${DENIED}may`],
  [
    'fails with an error',
    { policy: rule('object.data.b == object.data.a') },
    `${DENIED}expression 'object.data.b == object.data.a' resulted in error: no such key: b`,
  ],
  ['ignores errors when told to', { policy: { failurePolicy: 'Ignore', ...rule('object.data.b == object.data.a') } }, 'admitted'],
  [
    'names the variable that fails',
    { policy: { variables: [{ name: 'v', expression: 'object.data.b' }], ...rule("variables.v == '1'") } },
    `${DENIED}expression 'variables.v == '1'' resulted in error: composited variable "v" fails to evaluate: no such key: b`,
  ],
  ['leaves others alone', { policy: rule('false'), binding: { matchResources: { objectSelector: { matchLabels: { x: 'y' } } } } }, 'admitted'],
  ['stops at a condition', { policy: { matchConditions: [{ name: 'never', expression: 'false' }], ...rule('false') } }, 'admitted'],
  ['needs a binding of its own', { policy: rule('false'), binding: { policyName: 'other' } }, 'admitted'],
  [
    'knows no such parameters',
    {
      policy: { paramKind: { apiVersion: 'lab.io/v1', kind: 'Cap' }, ...rule('true') },
      binding: { paramRef: { name: 'x', parameterNotFoundAction: 'Deny' } },
    },
    `${DENIED}failed to configure binding: failed to find resource referenced by paramKind: 'lab.io/v1, Kind=Cap'`,
  ],
])('a validating policy %s', async (_name, setup, want) => {
  const { answer } = await create('validating', setup);
  expect(answer.message ?? 'admitted').toBe(want);
});

test('a reason decides the code', async () => {
  const { answer } = await create('validating', { policy: rule('false', { reason: 'Unauthorized' }) });
  expect([answer.reason, answer.code]).toEqual(['Unauthorized', 401]);
});

test.each<[string, object, string]>([
  [
    'variables that do not exist',
    rule('variables.x'),
    "spec.validations[0].expression: Invalid value: \"variables.x\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'variables' (in container '')\n | variables.x\n | ^",
  ],
  ['fields that a request has not', rule("request.nope == ''"), "undefined field 'nope'"],
  ['messages that are no text', rule('true', { messageExpression: '1' }), 'must evaluate to string but got int'],
  ['results of no known type', rule('object.spec.flag'), 'must evaluate to bool but got dyn'],
])('creation refuses %s', async (_name, policy, want) => {
  const { made } = await create('validating', { policy });
  expect(made.message).toContain(want);
});

const apply = (expression: string) => ({ mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }] });
const patch = (expression: string) => ({ mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression } }] });

test('a mutating policy merges what it applies', async () => {
  const { answer } = await create('mutating', { policy: apply("Object{metadata: Object.metadata{labels: {'x': object.data.a}}}") });
  expect([answer.metadata?.labels, answer.data]).toEqual([{ x: '1' }, { a: '1' }]);
});

test('a mutating policy patches', async () => {
  const { answer } = await create('mutating', { policy: patch("[JSONPatch{op: 'add', path: '/data/' + jsonpatch.escapeKey('b'), value: '2'}]") });
  expect(answer.data).toEqual({ a: '1', b: '2' });
});

test('a patch that does not apply is refused', async () => {
  const { answer } = await create('mutating', { policy: patch("[JSONPatch{op: 'test', path: '/data/a', value: '2'}]") });
  expect(answer.message).toMatch(/^configmaps "c" is forbidden: policy 'p' with binding 'b' denied request: JSON Patch: /);
});
