import { defineCommand } from '../../define-command.ts';
import { runCall, type Subcommand } from './call.ts';
import { dgst } from './dgst.ts';
import { ec } from './ec.ts';
import { ecparam } from './ecparam.ts';
import { base64, enc } from './enc.ts';
import { genpkey } from './genpkey.ts';
import { genrsa } from './genrsa.ts';
import { pkey } from './pkey.ts';
import { rand } from './rand.ts';
import { req } from './req.ts';
import { rsa } from './rsa.ts';
import { sClient } from './s-client.ts';
import { verify } from './verify.ts';
import { version } from './version.ts';
import { x509 } from './x509.ts';

const SUBCOMMANDS: readonly Subcommand[] = [base64, dgst, ec, ecparam, enc, genpkey, genrsa, pkey, rand, req, rsa, sClient, verify, version, x509];
const NAMES = SUBCOMMANDS.flatMap(({ names }) => names).sort();

const NOT_SIMULATED = 'asn1parse ca ciphers cms crl crl2pkcs7 dhparam dsa dsaparam engine errstr info kdf list mac ocsp passwd pkcs12 pkcs7 pkcs8'
  .concat(' pkeyparam pkeyutl prime rehash rsautl s_server s_time sess_id smime speed spkac storeutl ts')
  .split(' ');

export const openssl = defineCommand({
  names: ['openssl'],
  async run(process) {
    const [name = 'help', ...args] = process.argv.slice(1);
    const command = SUBCOMMANDS.find(({ names }) => names.includes(name));
    if (command) return runCall(command, process, name, args);
    if (name === 'help') {
      await process.error(`help:\n\nStandard commands\n${columns(NAMES)}\n`);
      return 0;
    }
    if (NOT_SIMULATED.includes(name)) await process.error(`kubeproctor does not simulate openssl ${name}\n`);
    else await process.error(`Invalid command '${name}'; type "help" for a list.\n`);
    return 1;
  },
  complete: ({ words }) => (words.length === 2 ? NAMES.filter((name) => name.startsWith(words[1] ?? '')) : []),
});

const columns = (names: readonly string[]): string =>
  Array.from(
    { length: Math.ceil(names.length / 4) },
    (_, row) =>
      `${names
        .slice(row * 4, row * 4 + 4)
        .map((name) => name.padEnd(18))
        .join('')}\n`,
  ).join('');
