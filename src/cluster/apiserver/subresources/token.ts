import { FieldPath, invalidValue } from '../../../api/machinery/field-error.ts';
import { badRequest, conflict, notFound } from '../../../api/machinery/status-error.ts';
import type { TokenRequest } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import { DEFAULT_AUDIENCE, issueToken, type TokenOptions } from '../authn/tokens.ts';
import { decodeAs } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { requireValid } from '../requirements.ts';
import { stored } from '../verbs/read.ts';

const TEN_MINUTES = 600;
const HOUR = 3600;
const BINDABLE: Readonly<Record<string, 'pod' | 'secret' | 'node'>> = { Pod: 'pod', Secret: 'secret', Node: 'node' };

/** Issues a token for a service account, bound to an object where one is named. */
export function requestToken(context: ServerContext, rr: ResourceRequest): Result {
  const account = stored(context, rr);
  const request = decodeAs(rr, { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' }) as unknown as TokenRequest;
  const { audiences = [], expirationSeconds = HOUR } = request.spec ?? {};
  checkExpiration(rr, expirationSeconds);
  const bound = boundObject(context, rr, request);
  const { token, expires } = issueToken(context, account, { audiences, seconds: expirationSeconds, ...(bound ? { bound } : {}) });
  const { name, namespace } = account.metadata;
  const body = {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name, namespace, creationTimestamp: isoTime(context.clock.now()) },
    spec: {
      ...request.spec,
      audiences: audiences.length > 0 ? audiences : [DEFAULT_AUDIENCE],
      expirationSeconds,
      boundObjectRef: request.spec?.boundObjectRef ?? null,
    },
    status: { token, expirationTimestamp: isoTime(expires) },
  };
  return { shape: 'raw', body, status: 201 };
}

function checkExpiration({ resource, info }: ResourceRequest, seconds: number): void {
  const path = new FieldPath('spec').child('expirationSeconds');
  const kind = { ...resource, group: 'authentication.k8s.io', kind: 'TokenRequest' };
  if (seconds < TEN_MINUTES) requireValid(kind, info.name, [invalidValue(path, seconds, 'may not specify a duration less than 10 minutes')]);
  if (seconds > 2 ** 32) requireValid(kind, info.name, [invalidValue(path, seconds, 'may not specify a duration larger than 2^32 seconds')]);
}

function boundObject({ store }: ServerContext, { info }: ResourceRequest, { spec }: TokenRequest): TokenOptions['bound'] {
  const ref = spec?.boundObjectRef;
  if (!ref) return undefined;
  const kind = BINDABLE[ref.kind ?? ''];
  if (!kind) throw badRequest(`cannot bind token for serviceaccount ${JSON.stringify(info.name)} to object kind ${JSON.stringify(ref.kind ?? '')}`);
  const resource = { group: '', resource: `${kind}s` };
  const found = store.get(`/${kind}s`, kind === 'node' ? '' : info.namespace, ref.name ?? '');
  if (!found) throw notFound(resource, ref.name ?? '');
  const uid = found.metadata.uid ?? '';
  if (ref.uid && ref.uid !== uid) {
    throw conflict(
      resource,
      ref.name ?? '',
      `the UID in the bound object reference (${ref.uid}) does not match the UID in record. The object might have been deleted and then recreated`,
    );
  }
  return { kind, name: ref.name ?? '', uid };
}
