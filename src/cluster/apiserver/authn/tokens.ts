import { sign, verify } from 'node:crypto';
import type { KubeObject } from '../../../api/machinery/object.ts';
import type { ServerContext } from '../context.ts';
import { serviceAccountGroups, serviceAccountName, type UserInfo } from '../user.ts';

export const DEFAULT_AUDIENCE = 'https://kubernetes.default.svc.cluster.local';

interface BoundObject {
  readonly name: string;
  readonly uid: string;
}

/** What a token says, as upstream's bound tokens say it. */
export interface Claims {
  readonly aud: readonly string[];
  readonly exp: number;
  readonly iat: number;
  readonly nbf: number;
  readonly iss: string;
  readonly jti: string;
  readonly sub: string;
  readonly 'kubernetes.io': {
    readonly namespace: string;
    readonly serviceaccount: BoundObject;
    readonly pod?: BoundObject;
    readonly secret?: BoundObject;
    readonly node?: BoundObject;
  };
}

export interface TokenOptions {
  readonly audiences?: readonly string[];
  readonly seconds: number;
  readonly bound?: { readonly kind: 'pod' | 'secret' | 'node'; readonly name: string; readonly uid: string };
}

/** A signed token for a service account. */
export function issueToken({ clock, authority }: ServerContext, account: KubeObject, options: TokenOptions): { token: string; expires: number } {
  const { namespace = '', name = '', uid = '' } = account.metadata;
  const now = Math.floor(clock.now() / 1000);
  const { bound, seconds, audiences = [] } = options;
  const claims: Claims = {
    aud: audiences.length > 0 ? audiences : [DEFAULT_AUDIENCE],
    exp: now + seconds,
    iat: now,
    iss: DEFAULT_AUDIENCE,
    jti: clock.random.uuid(),
    'kubernetes.io': { namespace, serviceaccount: { name, uid }, ...(bound ? { [bound.kind]: { name: bound.name, uid: bound.uid } } : {}) },
    nbf: now,
    sub: serviceAccountName(namespace, name),
  };
  const head = `${encode({ alg: 'RS256', kid: 'kubeproctor' })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(head), authority.tokenKey.privateKey).toString('base64url');
  return { token: `${head}.${signature}`, expires: claims.exp * 1000 };
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The user behind a token, or why it does not count. */
export function readToken(
  context: ServerContext,
  token: string,
  audiences?: readonly string[],
): { user: UserInfo; audiences: readonly string[] } | { error: string } {
  const [head = '', body = '', signature = ''] = token.split('.');
  if (!verify('sha256', Buffer.from(`${head}.${body}`), context.authority.tokenKey.publicKey, Buffer.from(signature, 'base64url'))) {
    return { error: 'invalid bearer token' };
  }
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
  const wanted = audiences && audiences.length > 0 ? audiences : [DEFAULT_AUDIENCE];
  const shared = claims.aud.filter((a) => wanted.includes(a));
  if (shared.length === 0)
    return { error: `token audiences ${JSON.stringify(claims.aud)} is invalid for the target audiences ${JSON.stringify(wanted)}` };
  const now = context.clock.now() / 1000;
  if (claims.exp && now > claims.exp) return { error: 'service account token has expired' };
  return account(context, claims, shared);
}

function account({ store }: ServerContext, { 'kubernetes.io': about, jti }: Claims, audiences: readonly string[]) {
  const { namespace, serviceaccount, pod, secret } = about;
  const found = store.get('/serviceaccounts', namespace, serviceaccount.name);
  if (found?.metadata.uid !== serviceaccount.uid) return { error: 'service account token has been invalidated' };
  for (const [bucket, bound] of [
    ['/pods', pod],
    ['/secrets', secret],
  ] as const) {
    if (bound && store.get(bucket, namespace, bound.name)?.metadata.uid !== bound.uid) return { error: 'service account token has been invalidated' };
  }
  const extra = {
    'authentication.kubernetes.io/credential-id': [`JTI=${jti}`],
    ...(pod ? { 'authentication.kubernetes.io/pod-name': [pod.name], 'authentication.kubernetes.io/pod-uid': [pod.uid] } : {}),
  };
  const user = { name: serviceAccountName(namespace, serviceaccount.name), uid: serviceaccount.uid, groups: serviceAccountGroups(namespace), extra };
  return { user, audiences };
}
