import { FieldPath, invalidValue } from '../../../api/machinery/field-error.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import type { ResourceAttributes, SubjectAccessReview, TokenReview } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import { readToken } from '../authn/tokens.ts';
import { rulesOf } from '../authz/rules-review.ts';
import { decodeObject } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { requireValid } from '../requirements.ts';
import type { UserInfo } from '../user.ts';

type Review = (context: ServerContext, rr: ResourceRequest, object: KubeObject) => object;

/** Questions that are answered and not stored. */
const REVIEWS: Readonly<Record<string, Review>> = {
  selfsubjectaccessreviews: (context, { user }, object) => access(context, user, (object as unknown as SubjectAccessReview).spec),
  subjectaccessreviews: (context, rr, object) => subjectAccess(context, rr, object),
  localsubjectaccessreviews: (context, rr, object) => subjectAccess(context, rr, object),
  selfsubjectrulesreviews: (context, { user }, object) =>
    rulesOf(context, user, (object.spec as { namespace?: string } | undefined)?.namespace ?? ''),
  selfsubjectreviews: (_context, { user }) => ({ userInfo: shown(user) }),
  tokenreviews: (context, _rr, object) => token(context, (object as unknown as TokenReview).spec),
};

export const isReview = (resource: string): boolean => REVIEWS[resource] !== undefined;

export function createReview(context: ServerContext, rr: ResourceRequest): Result {
  const object = decodeObject(rr);
  const status = REVIEWS[rr.resource.resource]?.(context, rr, object) ?? {};
  const isDated = rr.resource.resource === 'selfsubjectreviews';
  const metadata = isDated ? { ...object.metadata, creationTimestamp: isoTime(context.clock.now()) } : object.metadata;
  return { shape: 'object', object: { ...object, metadata, status }, status: 201, resource: rr.resource };
}

function subjectAccess(context: ServerContext, { resource }: ResourceRequest, object: KubeObject) {
  const { spec } = object as unknown as SubjectAccessReview;
  if (!spec.user && (spec.groups ?? []).length === 0) {
    requireValid(resource, '', [invalidValue(new FieldPath('spec').child('user'), '', 'at least one of user or group must be specified')]);
  }
  const user = { name: spec.user ?? '', groups: spec.groups ?? [], ...(spec.uid ? { uid: spec.uid } : {}) };
  return access(context, user, spec);
}

function access({ authorizer }: ServerContext, user: UserInfo, { resourceAttributes, nonResourceAttributes }: SubjectAccessReview['spec']) {
  const {
    verb = '',
    group = '',
    version = '',
    resource = '',
    subresource = '',
    namespace = '',
    name = '',
  }: ResourceAttributes = resourceAttributes ?? {};
  const about = { group, version, resource, subresource, namespace, name };
  const { allowed, reason } = resourceAttributes
    ? authorizer.authorize({ user, isResource: true, verb, path: '', ...about })
    : authorizer.authorize({ user, isResource: false, verb: nonResourceAttributes?.verb ?? '', path: nonResourceAttributes?.path ?? '', ...about });
  return { allowed, ...(reason ? { reason } : {}) };
}

function token(context: ServerContext, { token: text = '', audiences }: TokenReview['spec']) {
  const reading = readToken(context, text, audiences);
  if ('error' in reading)
    return {
      user: {},
      error: `[invalid bearer token, ${reading.error}]`.replace('[invalid bearer token, invalid bearer token]', 'invalid bearer token'),
    };
  return {
    authenticated: true,
    user: shown({ ...reading.user, groups: [...reading.user.groups, 'system:authenticated'] }),
    audiences: reading.audiences,
  };
}

const shown = ({ name, uid, groups, extra }: UserInfo) => ({ username: name, ...(uid ? { uid } : {}), groups, ...(extra ? { extra } : {}) });
