import type { Pod } from '../../controllers/objects.ts';
import type { NodeInfo } from '../node-info.ts';
import { definePlugin } from '../plugin.ts';

interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

const REJECTION = { plugin: 'NodePorts', reasons: ["node(s) didn't have free ports for the requested pod ports"], unresolvable: false };

export const nodePorts = definePlugin({
  name: 'NodePorts',
  helpedBy: ['pod-gone', 'node'],
  begin: ({ pod }) => {
    const wanted = hostPorts(pod);
    if (wanted.length === 0) return {};
    return { filter: (node) => (wanted.some((port) => isTaken(port, node)) ? REJECTION : undefined) };
  },
});

export function hostPorts({ spec }: Pod): readonly HostPort[] {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')];
  return containers
    .flatMap(({ ports }) => ports ?? [])
    .filter(({ hostPort }) => hostPort)
    .map(({ hostIP, protocol, hostPort }) => ({ ip: hostIP || '0.0.0.0', protocol: protocol ?? 'TCP', port: hostPort ?? 0 }));
}

function isTaken(wanted: HostPort, node: NodeInfo): boolean {
  for (const { pod } of node.pods.values()) if (hostPorts(pod).some((used) => clash(used, wanted))) return true;
  return false;
}

const clash = (a: HostPort, b: HostPort) =>
  a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || a.ip === '0.0.0.0' || b.ip === '0.0.0.0');
