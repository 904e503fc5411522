import { defineGenerator } from './generator.ts';

export const createNamespace = defineGenerator({
  name: 'namespace',
  aliases: ['ns'],
  namespaced: false,
  flags: {},
  help: {
    usage: 'namespace NAME [--dry-run=server|client|none]',
    short: 'Create a namespace with the specified name',
    examples: [['A namespace named my-namespace', 'kubectl create namespace my-namespace']],
  },
  build: () => ({ apiVersion: 'v1', kind: 'Namespace' }),
});
