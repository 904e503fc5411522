import type { Flavour } from '../../cluster/cluster-contract.ts';
import { BARE, KUBEADM } from '../../cluster/flavours.ts';
import type { ExerciseFile } from '../catalog/exercise-file.ts';

/** What the golden transcripts were recorded on. */
export const bareFlavour: Flavour = BARE;

/** The cluster of an exam task unless its exercise says otherwise. */
export const kubeadmFlavour: Flavour = KUBEADM;

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
