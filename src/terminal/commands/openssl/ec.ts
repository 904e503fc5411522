import type { Subcommand } from './call.ts';
import { KEY_OPTIONS, runKeyCommand } from './key-command.ts';

export const ec: Subcommand = {
  names: ['ec'],
  options: `${KEY_OPTIONS} param_out param_enc= conv_form= no_public`,
  run: (call) => runKeyCommand(call, { label: 'EC', sound: 'EC Key valid.', announcesReading: true, traditional: true }),
};
