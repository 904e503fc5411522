import { defineGenerator } from './generator.ts';

export const createServiceAccount = defineGenerator({
  name: 'serviceaccount',
  aliases: ['sa'],
  failure: 'failed to create serviceaccount: ',
  flags: {},
  help: {
    usage: 'serviceaccount NAME [--dry-run=server|client|none]',
    short: 'Create a service account with the specified name',
    examples: [['A service account named my-service-account', 'kubectl create serviceaccount my-service-account']],
  },
  build: () => ({ apiVersion: 'v1', kind: 'ServiceAccount' }),
});
