import { isPlainObject } from '../../../../api/machinery/json.ts';
import type { TokenRequest } from '../../../../api/schema/generated/types.ts';
import { completeNames } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { messageOf, UsageError } from '../../errors.ts';
import { array, duration, type FlagValues, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { printFlags } from '../../print/print-flags.ts';
import { typedPrinter } from '../../writing/typed-printer.ts';
import { nameArgument } from './generator.ts';

const boundKinds = ['Node', 'Pod', 'Secret'];

const flags = {
  ...printFlags,
  audience: array('', 'Who will check the token; without one the API server.'),
  'bound-object-kind': string('', `Kind of the object that the token lives with: ${boundKinds.join(', ')}.`, { values: boundKinds }),
  'bound-object-name': string('', 'Name of that object.'),
  'bound-object-uid': string('', 'UID of that object.'),
  duration: duration('', 'How long the token lives; 0 leaves it to the server.'),
};

export const createToken = defineVerb({
  name: 'token',
  flags,
  help: {
    usage: 'token SERVICE_ACCOUNT_NAME',
    short: 'Request a service account token',
    examples: [
      ['A token of a service account', 'kubectl create token myapp'],
      ['For ten minutes', 'kubectl create token myapp --duration 10m'],
    ],
  },
  complete: (kubectl) => completeNames(kubectl, 'serviceaccounts'),
  async run(kubectl, options) {
    const name = nameArgument(kubectl);
    const print = typedPrinter(kubectl, options, 'created', 'none');
    check(options);
    const response = await request(kubectl, name, options);
    const { token } = (response.status ?? {}) as { token?: string };
    if (!token) throw new UsageError('failed to create token: no token in server response');
    if (options.output || options.template) await kubectl.print(print(response));
    else await kubectl.print(kubectl.process.stdout.tty ? `${token}\n` : token);
    return undefined;
  },
});

function check(options: FlagValues<typeof flags>): void {
  const { audience, duration: lifetime, 'bound-object-kind': kind, 'bound-object-name': name, 'bound-object-uid': uid } = options;
  if (lifetime < 0) throw new UsageError('--duration must be greater than or equal to 0');
  if (lifetime % 1000 !== 0) throw new UsageError('--duration cannot be expressed in units less than seconds');
  if (audience.includes('')) throw new UsageError('--audience must not be an empty string');
  if (!kind) {
    if (name) throw new UsageError('--bound-object-name can only be set if --bound-object-kind is provided');
    if (uid) throw new UsageError('--bound-object-uid can only be set if --bound-object-kind is provided');
    return;
  }
  if (!boundKinds.includes(kind)) throw new UsageError(`supported --bound-object-kind values are ${boundKinds.join(', ')}`);
  if (!name) throw new UsageError('--bound-object-name is required if --bound-object-kind is provided');
}

async function request(kubectl: Invocation, account: string, options: FlagValues<typeof flags>) {
  const { audience: audiences, duration: lifetime, 'bound-object-kind': kind, 'bound-object-name': name, 'bound-object-uid': uid } = options;
  const body: TokenRequest = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: {},
    spec: {
      audiences,
      ...(lifetime > 0 ? { expirationSeconds: lifetime / 1000 } : {}),
      ...(kind ? { boundObjectRef: { kind, apiVersion: 'v1', name, ...(uid ? { uid } : {}) } } : {}),
    },
  };
  try {
    const answer = await kubectl.api.post(`/api/v1/namespaces/${kubectl.namespace}/serviceaccounts/${account}/token`, body);
    if (!isPlainObject(answer)) throw new UsageError('no token in server response');
    return answer;
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Killed') throw error;
    throw new UsageError(`failed to create token: ${messageOf(error)}`);
  }
}
