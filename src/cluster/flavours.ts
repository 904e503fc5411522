import type { Flavour, NodeSpec } from './cluster-contract.ts';

export const KUBERNETES_VERSION = 'v1.36.2';

const NODES: readonly NodeSpec[] = [
  { name: 'controlplane', role: 'control-plane' },
  { name: 'node01', role: 'worker' },
  { name: 'node02', role: 'worker' },
];

/** Control plane and three nodes, nothing else: what golden transcripts were recorded on. */
export const BARE: Flavour = {
  kind: 'bare',
  nodes: NODES,
  cni: 'permissive',
  metricsServer: false,
  ingressController: false,
  gatewayController: false,
  storageClass: null,
  kubernetesVersion: KUBERNETES_VERSION,
};

/** A cluster as kubeadm leaves it, with a CNI plugin that enforces policies and CoreDNS; no further add-ons. */
export const KUBEADM: Flavour = {
  kind: 'kubeadm',
  nodes: NODES,
  cni: 'enforcing',
  metricsServer: false,
  ingressController: false,
  gatewayController: false,
  storageClass: null,
  kubernetesVersion: KUBERNETES_VERSION,
};

/** The machines' own network, and the ranges that kubeadm is given. */
export const ADDRESSES = {
  gateway: '192.168.100.1',
  base: '192.168.100.5',
  firstNode: 10,
  machines: '192.168.100.0/24',
  pods: '10.244.0.0/16',
  services: '10.96.0.0/12',
  dns: '10.96.0.10',
  api: '10.96.0.1',
} as const;

export const nodeAddress = (index: number): string => `192.168.100.${ADDRESSES.firstNode + index}`;
export const nodePodCidr = (index: number): string => `10.244.${index}.0/24`;
