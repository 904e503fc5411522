import type { Subcommand } from './call.ts';
import { KEY_OPTIONS, runKeyCommand } from './key-command.ts';

export const rsa: Subcommand = {
  names: ['rsa'],
  options: `${KEY_OPTIONS} modulus`,
  run: (call) => runKeyCommand(call, { label: 'RSA', sound: 'RSA key ok' }),
};
