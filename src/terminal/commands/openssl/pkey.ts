import type { Subcommand } from './call.ts';
import { KEY_OPTIONS, runKeyCommand } from './key-command.ts';

export const pkey: Subcommand = {
  names: ['pkey'],
  options: `${KEY_OPTIONS} pubcheck ec_param_enc= ec_conv_form=`,
  run: (call) => runKeyCommand(call, { sound: 'Key is valid', keyFirst: true }),
};
