import type { Pod } from '../../api/schema/generated/types.ts';
import type { PodHost } from './pod-host.ts';

const HEAD = `127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
fe00::0\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
`;

/** /etc/hosts as the kubelet writes it. */
export function hostsFile(pod: Pod, hostname: string, address: string, host: PodHost): string {
  const { hostNetwork, subdomain, hostAliases = [] } = pod.spec ?? {};
  const domain = subdomain ? `${hostname}.${subdomain}.${pod.metadata.namespace}.svc.${host.clusterDomain}` : '';
  const own = hostNetwork
    ? host.machine.files.readText('/etc/hosts')
    : `# Kubernetes-managed hosts file.\n${HEAD}${address}\t${domain ? `${domain}\t` : ''}${hostname}\n`;
  if (hostAliases.length === 0) return own;
  const aliases = hostAliases.map(({ ip, hostnames = [] }) => `${ip}\t${hostnames.join('\t')}\n`).join('');
  return `${own}\n# Entries added by HostAliases.\n${aliases}`;
}

/** /etc/resolv.conf by the pod's DNS policy and configuration. */
export function resolvConf(pod: Pod, host: PodHost): string {
  const { dnsPolicy = 'ClusterFirst', dnsConfig, hostNetwork } = pod.spec ?? {};
  const ofHost = dnsPolicy === 'Default' || (dnsPolicy === 'ClusterFirst' && hostNetwork);
  const node = parse(host.machine.files.exists('/etc/resolv.conf') ? host.machine.files.readText('/etc/resolv.conf') : '');
  const namespace = pod.metadata.namespace ?? 'default';
  const domain = host.clusterDomain;
  const cluster = {
    nameservers: [host.clusterDns],
    search: [`${namespace}.svc.${domain}`, `svc.${domain}`, domain, ...node.search],
    options: ['ndots:5'],
  };
  const base = dnsPolicy === 'None' ? { nameservers: [], search: [], options: [] } : ofHost ? node : cluster;
  const extra = (dnsConfig?.options ?? []).map(({ name, value }) => (value === undefined ? `${name}` : `${name}:${value}`));
  const names = new Set(extra.map((option) => option.split(':')[0]));
  const options = [...base.options.filter((option) => !names.has(option.split(':')[0])), ...extra];
  const search = unique([...base.search, ...(dnsConfig?.searches ?? [])]);
  const nameservers = unique([...base.nameservers, ...(dnsConfig?.nameservers ?? [])]).slice(0, 3);
  return [
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
    ...nameservers.map((server) => `nameserver ${server}`),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
    '',
  ].join('\n');
}

const unique = (items: readonly string[]) => [...new Set(items)];

function parse(text: string): { nameservers: string[]; search: string[]; options: string[] } {
  const words = (keyword: string) =>
    text
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([first]) => first === keyword)
      .flatMap(([, ...rest]) => rest);
  return { nameservers: words('nameserver'), search: words('search'), options: words('options') };
}
