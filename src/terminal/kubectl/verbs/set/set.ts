import { defineVerb } from '../../define-verb.ts';
import { setEnv } from './env.ts';
import { setImage } from './image.ts';
import { setResources } from './resources.ts';
import { setSelector } from './selector.ts';
import { setServiceAccount } from './service-account.ts';
import { setSubject } from './subject.ts';

export const set = defineVerb({
  name: 'set',
  group: 'Basic Commands (Beginner)',
  flags: {},
  help: {
    usage: 'set SUBCOMMAND',
    short: 'Set specific features on objects',
    long: 'Configures application resources: single features of existing objects.',
  },
  subverbs: [setImage, setResources, setSelector, setSubject, setServiceAccount, setEnv],
});
