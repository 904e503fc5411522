import { deepEqual } from '../../machinery/deep-equal.ts';
import type {
  MutatingWebhook,
  MutatingWebhookConfiguration,
  RuleWithOperations,
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from '../../schema/generated/types.ts';
import { defineKind } from '../define-kind.ts';
import { orEmpty } from '../zero-values.ts';

const GROUP = 'admissionregistration.k8s.io';

export const mutatingWebhookConfiguration = defineKind<MutatingWebhookConfiguration>({
  group: GROUP,
  version: 'v1',
  resource: 'mutatingwebhookconfigurations',
  nameRule: 'dns-subdomain',
  generation: ({ webhooks }, old) => !deepEqual(webhooks, old.webhooks),
  defaults: (object) =>
    object.webhooks
      ? { ...object, webhooks: object.webhooks.map((hook) => ({ ...defaultWebhook(hook), reinvocationPolicy: hook.reinvocationPolicy ?? 'Never' })) }
      : object,
  row: ({ metadata, webhooks }, { age }) => [metadata.name ?? '', webhooks?.length ?? 0, age(metadata.creationTimestamp)],
});

export const validatingWebhookConfiguration = defineKind<ValidatingWebhookConfiguration>({
  group: GROUP,
  version: 'v1',
  resource: 'validatingwebhookconfigurations',
  nameRule: 'dns-subdomain',
  generation: ({ webhooks }, old) => !deepEqual(webhooks, old.webhooks),
  defaults: (object) => (object.webhooks ? { ...object, webhooks: object.webhooks.map(defaultWebhook) } : object),
  row: ({ metadata, webhooks }, { age }) => [metadata.name ?? '', webhooks?.length ?? 0, age(metadata.creationTimestamp)],
});

function defaultWebhook<T extends MutatingWebhook | ValidatingWebhook>(hook: T): T {
  const config = orEmpty(hook.clientConfig);
  return {
    ...hook,
    failurePolicy: hook.failurePolicy ?? 'Fail',
    matchPolicy: hook.matchPolicy ?? 'Equivalent',
    namespaceSelector: hook.namespaceSelector ?? {},
    objectSelector: hook.objectSelector ?? {},
    timeoutSeconds: hook.timeoutSeconds ?? 10,
    clientConfig: config.service ? { ...config, service: { ...config.service, port: config.service.port ?? 443 } } : config,
    ...(hook.rules ? { rules: hook.rules.map(withScope) } : {}),
  };
}

export const withScope = <T extends RuleWithOperations>(rule: T): T => ({ ...rule, scope: rule.scope ?? '*' });
