import { defineVerb } from '../../define-verb.ts';
import { canI } from './can-i.ts';
import { whoami } from './whoami.ts';

export const auth = defineVerb({
  name: 'auth',
  group: 'Troubleshooting and Debugging Commands',
  flags: {},
  subverbs: [canI, whoami],
  help: { usage: 'auth', short: 'Inspect authorization' },
});
