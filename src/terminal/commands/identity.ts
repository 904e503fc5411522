import type { Machine } from '../../machine/index.ts';
import { groupName, groups } from './accounts.ts';
import { quote } from './quoting.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const whoami = defineUtility({ names: ['whoami', 'logname'], run: (u) => u.print(`${u.process.credentials.user}\n`) });

export const id = defineUtility({
  names: ['id'],
  options: 'a G,groups g,group n,name r,real u,user z,zero Z',
  async run(u) {
    const { machine } = u.process;
    const [wanted] = u.operands;
    const who = wanted === undefined ? u.process.credentials : machine.users.find(wanted);
    if (!who) throw new Failure(`${quote(wanted ?? '')}: no such user`);
    const all = [...new Set([who.gid, ...who.groups])];
    const named = u.options.has('n');
    if (u.options.has('u')) return u.print(`${named ? who.user : who.uid}\n`);
    if (u.options.has('g')) return u.print(`${named ? groupName(machine, who.gid) : who.gid}\n`);
    if (u.options.has('G')) return u.print(`${all.map((gid) => (named ? groupName(machine, gid) : gid)).join(' ')}\n`);
    const show = (gid: number) => withName(u, gid);
    const known = machine.users.find(who.uid) ? `(${who.user})` : '';
    await u.print(`uid=${who.uid}${known} gid=${show(who.gid)} groups=${all.map(show).join(',')}\n`);
  },
});

function withName(u: Invocation, gid: number): string {
  const found = groups(u.process.machine).find((group) => group.gid === gid);
  return found ? `${gid}(${found.name})` : String(gid);
}

export const groupsCommand = defineUtility({
  names: ['groups'],
  async run(u) {
    const who = u.operands[0] === undefined ? u.process.credentials : u.process.machine.users.find(u.operands[0]);
    if (!who) throw new Failure(`${quote(u.operands[0] ?? '')}: no such user`);
    const names = [...new Set([who.gid, ...who.groups])].map((gid) => groupName(u.process.machine, gid)).join(' ');
    await u.print(u.operands[0] === undefined ? `${names}\n` : `${u.operands[0]} : ${names}\n`);
  },
});

export const hostname = defineUtility({
  names: ['hostname'],
  options: 'f,fqdn,long s,short i,ip-address I,all-ip-addresses d,domain A',
  async run(u) {
    const { machine, credentials } = u.process;
    const [wanted] = u.operands;
    if (wanted !== undefined) {
      if (credentials.uid !== 0) throw new Failure('you must be root to change the host name');
      machine.hostname = wanted;
      return;
    }
    const own = machine.network.addresses.filter((address) => !address.startsWith('127.'));
    if (u.options.has('I')) return u.print(`${own.join(' ')} \n`);
    if (u.options.has('i')) return u.print(`${own.join(' ') || '127.0.1.1'}\n`);
    if (u.options.has('f')) return u.print(`${fullName(machine)}\n`);
    if (u.options.has('d')) return u.print(`${machine.hostname.split('.').slice(1).join('.')}\n`);
    await u.print(`${u.options.has('s') ? machine.hostname.split('.')[0] : machine.hostname}\n`);
  },
});

/** The first name that /etc/hosts gives to the address of this machine's name. */
function fullName({ hostname: own, files }: Machine): string {
  const lines = files.exists('/etc/hosts') ? files.readText('/etc/hosts').split('\n') : [];
  const entries = lines.map((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1));
  return entries.find((names) => names.includes(own))?.[0] ?? own;
}

export const uname = defineUtility({
  names: ['uname'],
  options: 'a,all s,kernel-name n,nodename r,kernel-release v,kernel-version m,machine p,processor i,hardware-platform o,operating-system',
  async run(u) {
    const { hardware, hostname: host } = u.process.machine;
    const architecture = hardware.architecture === 'amd64' ? 'x86_64' : 'aarch64';
    const facts = {
      s: 'Linux',
      n: host,
      r: hardware.kernel,
      v: '#63-Ubuntu SMP PREEMPT_DYNAMIC Tue Apr 15 19:04:15 UTC 2025',
      m: architecture,
      p: architecture,
      i: architecture,
      o: 'GNU/Linux',
    };
    const keys = (['s', 'n', 'r', 'v', 'm', 'p', 'i', 'o'] as const).filter((key) => u.options.has('a') || u.options.has(key));
    await u.print(`${(keys.length > 0 ? keys : (['s'] as const)).map((key) => facts[key]).join(' ')}\n`);
  },
});

export const arch = defineUtility({
  names: ['arch'],
  run: (u) => u.print(`${u.process.machine.hardware.architecture === 'amd64' ? 'x86_64' : 'aarch64'}\n`),
});

export const nproc = defineUtility({ names: ['nproc'], options: 'all ignore=', run: (u) => u.print(`${u.process.machine.hardware.cpus}\n`) });
