import type { Process } from '../../machine/index.ts';
import { defineImage } from './define-image.ts';
import { option, serveHttp, text, untilStopped } from './running.ts';

/** What `stress` sets: the container's use of memory and CPU. */
interface Consumer {
  occupyMemory(bytes: number): void;
  occupyCpu(millicores: number): void;
}

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

async function stress(process: Process): Promise<number> {
  const { argv } = process;
  const container = process.machine.facilities.get('container') as Consumer | undefined;
  const cpus = Number(option(argv, '--cpu', '-c') ?? 0);
  const workers = Number(option(argv, '--vm', '-m') ?? 0);
  const size = /^(\d+)([bkmg]?)$/i.exec(option(argv, '--vm-bytes') ?? '256M');
  const bytes = workers * Number(size?.[1] ?? 0) * (UNITS[(size?.[2] ?? 'b').toLowerCase()] ?? 1);
  await process.print(`stress: info: [1] dispatching hogs: ${cpus} cpu, 0 io, ${workers} vm, 0 hdd\n`);
  if (cpus > 0) container?.occupyCpu(cpus * 1000);
  if (bytes > 0) {
    await process.sleep(500);
    container?.occupyMemory(bytes);
  }
  const seconds = /^(\d+)s?$/.exec(option(argv, '--timeout', '-t') ?? '')?.[1];
  if (seconds === undefined) return untilStopped(process);
  await process.sleep(Number(seconds) * 1000);
  await process.print(`stress: info: [1] successful run completed in ${seconds}s\n`);
  return 0;
}

const quietly = (line: string) => async (process: Process) => {
  if (line) await process.error(line);
  return untilStopped(process);
};

export const systemImages = [
  defineImage({
    names: ['registry.k8s.io/pause', 'k8s.gcr.io/pause', 'gcr.io/google-containers/pause', 'rancher/pause', 'mirror.gcr.io/pause'],
    base: 'scratch',
    entrypoint: ['/pause'],
    executables: { '/pause': quietly('') },
    size: 320_368,
    usage: { cpuMillicores: 0, memoryBytes: 300_000 },
  }),
  defineImage({
    names: ['polinux/stress', 'progrium/stress', 'vish/stress', 'polinux/stress-ng', 'alexeiled/stress-ng', 'containerstack/cpustress'],
    base: 'alpine',
    cmd: ['stress'],
    executables: { '/usr/local/bin/stress': stress, '/usr/bin/stress-ng': stress },
    size: 4_041_495,
  }),
  defineImage({
    names: ['registry.k8s.io/hpa-example', 'k8s.gcr.io/hpa-example'],
    base: 'debian',
    entrypoint: ['apache2-foreground'],
    executables: { '/usr/local/bin/apache2-foreground': (process) => serveHttp(process, 80, 'hpa-example', () => text(200, 'OK!')) },
    size: 180_000_000,
  }),
  defineImage({
    names: [
      'fluentd',
      'fluent/fluentd',
      'fluent/fluent-bit',
      'quay.io/fluentd_elasticsearch/fluentd',
      'fluent/fluentd-kubernetes-daemonset',
      'cr.fluentbit.io/fluent/fluent-bit',
      'elastic/filebeat',
      'docker.elastic.co/beats/filebeat',
      'registry.k8s.io/fluentd-elasticsearch',
      'quay.io/prometheus/node-exporter',
      'prom/node-exporter',
      'k8s.gcr.io/fluentd-elasticsearch',
      'amazon/aws-for-fluent-bit',
      'busybox-logger',
      'timberio/vector',
      'grafana/promtail',
    ],
    base: 'debian',
    entrypoint: ['/usr/local/bin/agent'],
    executables: { '/usr/local/bin/agent': quietly('[info] starting\n') },
    size: 40_000_000,
  }),
  defineImage({
    names: ['rancher/local-path-provisioner'],
    base: 'distroless',
    entrypoint: ['local-path-provisioner'],
    executables: { '/usr/bin/local-path-provisioner': quietly('level=debug msg="Provisioner started"\n') },
    size: 20_000_000,
  }),
  defineImage({
    names: ['haproxy', 'traefik', 'envoyproxy/envoy', 'varnish', 'istio/proxyv2'],
    base: 'debian',
    entrypoint: ['/usr/local/bin/proxy'],
    executables: { '/usr/local/bin/proxy': quietly('[NOTICE] New worker forked\n') },
    size: 60_000_000,
  }),
  defineImage({
    names: ['hello-world'],
    base: 'scratch',
    cmd: ['/hello'],
    executables: {
      '/hello': async (process) => {
        await process.print('\nHello from Docker!\nThis message shows that your installation appears to be working correctly.\n\n');
        return 0;
      },
    },
    size: 10_072,
  }),
];
