import type { CelType } from '../types.ts';
import { CelOpaque } from '../values.ts';
import { defineFunctions } from './define-functions.ts';

/** What an expression asks about: a path, or a resource. */
export interface AccessQuestion {
  readonly verb: string;
  readonly path?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Instead of the one who made the request. */
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
}

export type Decide = (question: AccessQuestion) => { readonly allowed: boolean; readonly reason: string };

interface Check {
  readonly decide: Decide;
  readonly question: Omit<AccessQuestion, 'verb'>;
}

const PREFIX = 'kubernetes.authorization.';
export const AUTHORIZER_TYPE: CelType = { kind: 'opaque', name: `${PREFIX}Authorizer` };
export const RESOURCE_CHECK_TYPE: CelType = { kind: 'opaque', name: `${PREFIX}ResourceCheck` };

export const authorizerValue = (decide: Decide, requestResource: Omit<AccessQuestion, 'verb'>): CelOpaque<Check> =>
  new CelOpaque(`${PREFIX}Authorizer`, { decide, question: {} }, (name) =>
    name === 'requestResource' ? checkOf('ResourceCheck', decide, requestResource) : undefined,
  );

const checkOf = (type: string, decide: Decide, question: Omit<AccessQuestion, 'verb'>): CelOpaque<Check> =>
  new CelOpaque(`${PREFIX}${type}`, { decide, question });

const narrowed =
  (type: string, field: keyof AccessQuestion) =>
  ({ content }: CelOpaque<Check>, value: string) =>
    checkOf(type, content.decide, { ...content.question, [field]: value });

const asked = ({ content }: CelOpaque<Check>, verb: string) => new CelOpaque(`${PREFIX}Decision`, content.decide({ ...content.question, verb }));

type Decision = CelOpaque<ReturnType<Decide>>;

export const authorizers = defineFunctions({
  [`${PREFIX}Authorizer->path(string): ${PREFIX}PathCheck`]: narrowed('PathCheck', 'path'),
  [`${PREFIX}Authorizer->group(string): ${PREFIX}GroupCheck`]: narrowed('GroupCheck', 'group'),
  [`${PREFIX}Authorizer->serviceAccount(string, string): ${PREFIX}Authorizer`]: (own: CelOpaque<Check>, namespace: string, name: string) =>
    checkOf('Authorizer', own.content.decide, { serviceAccount: { namespace, name } }),
  [`${PREFIX}GroupCheck->resource(string): ${PREFIX}ResourceCheck`]: narrowed('ResourceCheck', 'resource'),
  [`${PREFIX}ResourceCheck->subresource(string): ${PREFIX}ResourceCheck`]: narrowed('ResourceCheck', 'subresource'),
  [`${PREFIX}ResourceCheck->namespace(string): ${PREFIX}ResourceCheck`]: narrowed('ResourceCheck', 'namespace'),
  [`${PREFIX}ResourceCheck->name(string): ${PREFIX}ResourceCheck`]: narrowed('ResourceCheck', 'name'),
  [`${PREFIX}PathCheck->check(string): ${PREFIX}Decision`]: asked,
  [`${PREFIX}ResourceCheck->check(string): ${PREFIX}Decision`]: asked,
  [`${PREFIX}Decision->allowed(): bool`]: ({ content }: Decision) => content.allowed,
  [`${PREFIX}Decision->reason(): string`]: ({ content }: Decision) => content.reason,
  [`${PREFIX}Decision->errored(): bool`]: () => false,
  [`${PREFIX}Decision->error(): string`]: () => '',
});
