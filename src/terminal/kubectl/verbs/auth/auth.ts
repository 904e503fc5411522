import { defineVerb } from '../../define-verb.ts';
import { canI } from './can-i.ts';
import { reconcile } from './reconcile.ts';
import { whoami } from './whoami.ts';

export const auth = defineVerb({
  name: 'auth',
  group: 'Troubleshooting and Debugging Commands',
  flags: {},
  subverbs: [canI, reconcile, whoami],
  help: { usage: 'auth', short: 'Inspect authorization' },
});
