import { oid } from '../../../machine/x509/der.ts';
import { ecKey, privateKeyPem, toPem } from '../../../machine/x509/index.ts';
import { OpensslFailure, queued, refuseOperands, type Subcommand, writeOut } from './call.ts';
import { curveNamed } from './keys.ts';

const OIDS = { prime256v1: '1.2.840.10045.3.1.7', secp384r1: '1.3.132.0.34' } as const;
const LISTED = '  secp384r1 : NIST/SECG curve over a 384 bit prime field\n  prime256v1: X9.62/SECG curve over a 256 bit prime field\n';

export const ecparam: Subcommand = {
  names: ['ecparam'],
  options: 'name= genkey noout out= outform= in= inform= list_curves text check param_enc= conv_form=',
  async run(call) {
    refuseOperands(call);
    if (call.has('list_curves')) {
      await writeOut(call, call.value('out'), LISTED);
      return 0;
    }
    const name = call.value('name');
    if (name === undefined) throw new OpensslFailure('Unable to load parameters from <NULL>\n');
    const curve = curveNamed(name);
    if (!curve) {
      const why = '0800008D:elliptic curve routines:group_new_from_name:invalid curve:../crypto/ec/ec_lib.c:1465:';
      throw new OpensslFailure(`unable to generate key\n${queued(call, why)}`);
    }
    const parameters = call.has('noout') ? '' : toPem('EC PARAMETERS', oid(OIDS[curve]));
    const key = call.has('genkey') ? privateKeyPem(ecKey(call.random, curve), true) : '';
    if (parameters + key !== '') await writeOut(call, call.value('out'), parameters + key, { secret: true });
    return 0;
  },
};
