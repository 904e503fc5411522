import type { ControllerDefinition } from './define-controller.ts';
import { deployment } from './deployment/index.ts';
import { endpointSlices } from './endpoints/endpoint-slices.ts';
import { endpoints } from './endpoints/endpoints.ts';
import { garbageCollector } from './garbage/index.ts';
import { namespace } from './namespace.ts';
import { replicaSet } from './replica-set.ts';
import { replicationController } from './replication-controller.ts';
import { rootCaPublisher } from './root-ca-publisher.ts';
import { serviceAccount } from './service-account.ts';
import type { ControllerSettings } from './settings.ts';

/** One line per controller, in the order in which they start. */
export const controllersFor = (settings: ControllerSettings): readonly ControllerDefinition[] => [
  namespace(),
  serviceAccount,
  ...(settings.rootCa ? [rootCaPublisher(settings.rootCa)] : []),
  garbageCollector(),
  endpoints,
  endpointSlices,
  replicationController,
  replicaSet,
  deployment,
];
