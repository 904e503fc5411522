import { numberOf, type Subcommand } from './call.ts';
import { makeRsa, primeDots, refuseEncryption, writeKey } from './keys.ts';

const CIPHERS = ['aes128', 'aes192', 'aes256', 'aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des3', 'des', 'camellia256'];

export const genrsa: Subcommand = {
  names: ['genrsa'],
  options: `out= 3 F4 f4 verbose quiet primes= rand= writerand= traditional passout= ${CIPHERS.join(' ')}`,
  async run(call) {
    refuseEncryption(call, ...CIPHERS);
    const [bits = '2048'] = call.operands;
    const key = makeRsa(call, numberOf(call, bits));
    if (call.has('verbose')) await call.process.error(primeDots(call));
    await writeKey(call, key, call.has('traditional'));
    return 0;
  },
};
