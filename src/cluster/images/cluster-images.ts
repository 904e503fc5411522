import type { NetworkPort, Process } from '../../machine/index.ts';
import { runCoreDns } from './coredns.ts';
import { defineImage, type ImageDefinition } from './define-image.ts';
import { runIngressController } from './ingress-nginx.ts';
import { untilStopped } from './running.ts';

/** What the cluster lets its own programs switch on. */
interface Components {
  start(name: string, node: string, port?: NetworkPort): () => void;
}

/** A component's program: it is on while the process lives. */
const component =
  (name: string, perNode = false, port = false) =>
  async (process: Process) => {
    const missing = missingFile(process);
    if (missing) {
      await process.error(
        `E1120 00:00:00.000000       1 run.go:72] "command failed" err="${missing.flag}: open ${missing.path}: no such file or directory"\n`,
      );
      return 1;
    }
    const components = process.machine.facilities.get('components') as Components | undefined;
    const node = perNode ? (process.env.get('NODE_NAME') ?? process.machine.hostname) : '';
    const stop = components?.start(name, node, port ? process.machine.network : undefined);
    try {
      return await untilStopped(process);
    } finally {
      stop?.();
    }
  };

/** Flags that name files which must be there. */
function missingFile({ argv, machine }: Process): { flag: string; path: string } | undefined {
  for (const word of argv) {
    const match = /^--([a-z-]*(?:file|kubeconfig|cafile|certfile|keyfile|config))=(\/\S+)$/.exec(word);
    if (match?.[2] && !machine.files.exists(match[2])) return { flag: match[1] ?? '', path: match[2] };
  }
  return undefined;
}

const control = (name: string, size: number, run: (process: Process) => Promise<number>, memoryMi: number): ImageDefinition =>
  defineImage({
    names: [`registry.k8s.io/${name}`],
    base: 'distroless',
    entrypoint: [name],
    executables: { [`/usr/local/bin/${name}`]: run },
    size,
    usage: { cpuMillicores: 20, memoryBytes: memoryMi * 2 ** 20 },
  });

export const clusterImages: readonly ImageDefinition[] = [
  control('kube-apiserver', 27_000_000, component('kube-apiserver', false, true), 260),
  control('kube-controller-manager', 23_000_000, component('kube-controller-manager'), 60),
  control('kube-scheduler', 17_500_000, component('kube-scheduler'), 25),
  control('kube-proxy', 26_000_000, component('kube-proxy', true), 18),
  control('etcd', 22_800_000, component('etcd'), 45),
  defineImage({
    names: [
      'ghcr.io/flannel-io/flannel',
      'flannel/flannel',
      'docker.io/flannel/flannel',
      'calico/node',
      'docker.io/calico/node',
      'quay.io/calico/node',
    ],
    base: 'alpine',
    entrypoint: ['/opt/bin/cni-agent'],
    executables: { '/opt/bin/cni-agent': component('cni', true), '/opt/bin/flanneld': component('cni', true) },
    size: 31_000_000,
    usage: { cpuMillicores: 8, memoryBytes: 20 * 2 ** 20 },
  }),
  defineImage({
    names: ['registry.k8s.io/coredns/coredns', 'coredns/coredns'],
    base: 'distroless',
    entrypoint: ['/coredns'],
    executables: { '/coredns': runCoreDns },
    size: 20_900_000,
    usage: { cpuMillicores: 3, memoryBytes: 14 * 2 ** 20 },
  }),
  defineImage({
    names: ['registry.k8s.io/metrics-server/metrics-server'],
    base: 'distroless',
    entrypoint: ['/metrics-server'],
    executables: { '/metrics-server': component('metrics-server') },
    size: 19_500_000,
    usage: { cpuMillicores: 4, memoryBytes: 22 * 2 ** 20 },
  }),
  defineImage({
    names: ['registry.k8s.io/ingress-nginx/controller', 'k8s.gcr.io/ingress-nginx/controller'],
    base: 'alpine',
    entrypoint: ['/nginx-ingress-controller'],
    executables: { '/nginx-ingress-controller': runIngressController },
    size: 105_000_000,
    usage: { cpuMillicores: 2, memoryBytes: 90 * 2 ** 20 },
  }),
];
