import { canonicalQuantity } from '../../../../api/machinery/quantity.ts';
import { UsageError } from '../../errors.ts';
import { string } from '../../flags/flag.ts';
import { defineGenerator } from './generator.ts';

export const createQuota = defineGenerator({
  name: 'quota',
  aliases: ['resourcequota'],
  failure: 'failed to create quota: ',
  flags: {
    hard: string('', 'Limits, as resource=quantity pairs separated by commas.'),
    scopes: string('', 'Scopes that an object must match to be counted, separated by commas.'),
  },
  help: {
    usage: 'quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
    short: 'Create a quota with the specified name',
    examples: [
      ['Limits of several sorts', 'kubectl create quota my-quota --hard=cpu=1,memory=1G,pods=2,services=3,secrets=5'],
      ['Only pods without requests', 'kubectl create quota best-effort --hard=pods=100 --scopes=BestEffort'],
    ],
  },
  build: (_kubectl, _name, { hard, scopes }) => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    spec: { hard: hard ? resourceList(hard) : undefined, scopes: scopes ? scopeList(scopes) : undefined },
  }),
});

/** `cpu=1,memory=1G`. */
export function resourceList(text: string): Record<string, string> {
  const list: Record<string, string> = {};
  for (const statement of text.split(',')) {
    const parts = statement.split('=');
    const [name = '', quantity = ''] = parts;
    if (parts.length !== 2) throw new UsageError(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
    list[name] = canonicalQuantity(quantity);
  }
  return list;
}

function scopeList(text: string): string[] {
  const scopes = text.split(',');
  if (scopes.includes('')) throw new UsageError('invalid resource quota scope ""');
  return scopes;
}
