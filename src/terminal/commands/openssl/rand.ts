import { numberOf, OpensslFailure, type Subcommand, writeOut } from './call.ts';
import { base64Lines } from './enc.ts';

export const rand: Subcommand = {
  names: ['rand'],
  options: 'hex base64 out= rand= writerand=',
  async run(call) {
    const [count] = call.operands;
    if (call.operands.length > 1) throw new OpensslFailure('rand: Use -help for summary.\n');
    const bytes = Buffer.from(call.random.bytes(count === undefined ? 0 : numberOf(call, count)));
    const content = call.has('hex') ? `${bytes.toString('hex')}\n` : call.has('base64') ? base64Lines(bytes) : bytes;
    if (content.length > 0) await writeOut(call, call.value('out'), content);
    return 0;
  },
};
