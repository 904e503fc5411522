import { defineUtility, type Invocation } from '../utility.ts';

interface Interface {
  readonly index: number;
  readonly name: string;
  readonly head: string;
  readonly link: string;
  readonly addresses: readonly { readonly text: string; readonly scope: string }[];
}

/** ip(8) of a machine with loopback and one interface that holds all its addresses. */
export const ip = defineUtility({
  names: ['ip'],
  options: '4 6 br,brief c,color? o,oneline s,stats j,json d,details h n=',
  failure: 1,
  package: 'iproute2-6.1.0',
  rewrite: (args) => args.map((word) => (/^-(br|brief)$/.test(word) ? '--brief' : /^-(c|color)$/.test(word) ? '--color' : word)),
  async run(u) {
    const [object = '', ...rest] = u.operands;
    const is = (full: string) => object !== '' && full.startsWith(object);
    if (u.options.has('j')) return u.process.error('kubeproctor does not simulate ip -json\n');
    if (is('address') || object === 'addr') await u.print(interfaces(u, rest, true));
    else if (is('link')) await u.print(interfaces(u, rest, false));
    else if (is('route')) await u.print(rest[0] === 'get' ? routeTo(u, rest[1] ?? '') : routes(u));
    else if (is('neighbour') || object === 'neighbor') return;
    else if (object === '') {
      u.status = 255;
      await u.process.error('Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n');
    } else {
      u.status = 1;
      await u.process.error(`Object "${object}" is unknown, try "ip help".\n`);
    }
  },
});

const hexAddress = (address: string): string =>
  address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join(':');
const networkOf = (address: string, last: string): string => `${address.split('.').slice(0, 3).join('.')}.${last}`;
const external = (u: Invocation): string[] => u.process.machine.network.addresses.filter((one) => !one.startsWith('127.') && !one.includes(':'));

function all(u: Invocation): Interface[] {
  const own = external(u);
  const loopback: Interface = {
    index: 1,
    name: 'lo',
    head: '<LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN',
    link: 'link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
    addresses: [{ text: '127.0.0.1/8', scope: 'host lo' }],
  };
  const [primary] = own;
  if (primary === undefined) return [loopback];
  return [
    loopback,
    {
      index: 2,
      name: 'eth0',
      head: '<BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP',
      link: `link/ether 0a:58:${hexAddress(primary)} brd ff:ff:ff:ff:ff:ff`,
      addresses: own.map((one) => ({ text: `${one}/24 brd ${networkOf(one, '255')}`, scope: 'global eth0' })),
    },
  ];
}

function interfaces(u: Invocation, words: readonly string[], withAddresses: boolean): string {
  const names = words.filter((word) => !['show', 'list', 'ls', 'dev', 's', 'sh'].includes(word));
  const found = all(u).filter(({ name }) => names.length === 0 || names.includes(name));
  if (found.length === 0) {
    u.status = 1;
    void u.process.error(`Device "${names[0]}" does not exist.\n`);
    return '';
  }
  if (u.options.has('br')) return found.map((one) => brief(one, withAddresses)).join('');
  return found.map((one) => block(one, withAddresses)).join('');
}

function brief({ name, head, link, addresses }: Interface, withAddresses: boolean): string {
  const state = head.split(' ').at(-1) ?? '';
  const detail = withAddresses ? addresses.map(({ text }) => text.split(' ')[0]).join(' ') : `${link.split(' ')[1]} ${head.split(' ')[0]}`;
  return `${name.padEnd(16)} ${state.padEnd(14)} ${detail} \n`;
}

function block({ index, name, head, link, addresses }: Interface, withAddresses: boolean): string {
  const mode = withAddresses ? 'group default qlen 1000' : 'mode DEFAULT group default qlen 1000';
  const lines = withAddresses
    ? addresses.map(({ text, scope }) => `    inet ${text} scope ${scope}\n       valid_lft forever preferred_lft forever\n`)
    : [];
  return `${index}: ${name}: ${head} ${mode}\n    ${link}\n${lines.join('')}`;
}

function routes(u: Invocation): string {
  const [primary] = external(u);
  if (primary === undefined) return '';
  return `default via ${networkOf(primary, '1')} dev eth0 \n${networkOf(primary, '0')}/24 dev eth0 proto kernel scope link src ${primary} \n`;
}

function routeTo(u: Invocation, target: string): string {
  const [primary = '127.0.0.1'] = external(u);
  if (target.startsWith('127.') || external(u).includes(target))
    return `local ${target} dev lo src ${target} uid ${u.process.credentials.uid} \n    cache <local> \n`;
  const near = networkOf(primary, '') === networkOf(target, '');
  return `${target} ${near ? '' : `via ${networkOf(primary, '1')} `}dev eth0 src ${primary} uid ${u.process.credentials.uid} \n    cache \n`;
}
