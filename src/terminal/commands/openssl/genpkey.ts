import { OpensslFailure, queued, refuseOperands, type Subcommand, writeOut } from './call.ts';
import { privateKeyText } from './key-text.ts';
import { keyContent, orderKey, refuseEncryption } from './keys.ts';

export const genpkey: Subcommand = {
  names: ['genpkey'],
  options: 'algorithm= pkeyopt= out= outform= quiet verbose text paramfile= genparam pass= aes256 aes-256-cbc aes128',
  async run(call) {
    refuseOperands(call);
    refuseEncryption(call, 'aes256', 'aes-256-cbc', 'aes128', 'pass');
    const algorithm = call.value('algorithm');
    if (algorithm === undefined) throw new OpensslFailure('genpkey: Use -help for summary.\n');
    const made = orderKey(call, { algorithm, options: call.values('pkeyopt') });
    if (!made) {
      const why = '0308010C:digital envelope routines:inner_evp_generic_fetch:unsupported:../crypto/evp/evp_fetch.c:386:';
      throw new OpensslFailure(
        `Error initializing ${algorithm} context\n${queued(call, `${why}Global default library context, Algorithm (${algorithm} : 0), Properties (<null>)`)}`,
      );
    }
    if (!call.has('quiet')) await call.process.error(made.chatter);
    const content = keyContent(made.key, call.value('outform'));
    await writeOut(call, call.value('out'), call.has('text') ? `${content}${privateKeyText(made.key)}` : content, { secret: true });
    return 0;
  },
};
