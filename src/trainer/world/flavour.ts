import type { Flavour } from '../../cluster/cluster-contract.ts';
import type { ExerciseFile } from '../catalog/exercise-file.ts';

const NODES: Flavour['nodes'] = [
  { name: 'controlplane', role: 'control-plane' },
  { name: 'node01', role: 'worker' },
  { name: 'node02', role: 'worker' },
];

/** The cluster of an exam task unless its exercise says otherwise: three nodes as kubeadm leaves them. */
export const kubeadmFlavour: Flavour = {
  kind: 'kubeadm',
  nodes: NODES,
  cni: 'enforcing',
  metricsServer: false,
  ingressController: false,
  gatewayController: false,
  storageClass: null,
  kubernetesVersion: 'v1.36.2',
};

/** What the golden transcripts were recorded on: a control plane, three nodes, no add-ons. */
export const bareFlavour: Flavour = { ...kubeadmFlavour, kind: 'bare' };

export function flavourOf(exercise: Pick<ExerciseFile, 'cluster'>): Flavour {
  const { cni, metricsServer, ingressController, gatewayController, storageClass } = exercise.cluster ?? {};
  return {
    ...kubeadmFlavour,
    ...(cni !== undefined ? { cni } : {}),
    ...(metricsServer !== undefined ? { metricsServer } : {}),
    ...(ingressController !== undefined ? { ingressController } : {}),
    ...(gatewayController !== undefined ? { gatewayController } : {}),
    ...(storageClass !== undefined ? { storageClass } : {}),
  };
}
