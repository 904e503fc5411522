import type { Pod } from '../../../../api/schema/generated/types.ts';
import { defineDescriber, type Look } from './describer.ts';
import { lastsFor } from './parts/claim.ts';
import { describeContainers, describeResources } from './parts/containers.ts';
import { describeEvents, eventsAbout } from './parts/events.ts';
import { controlledBy, labelsAndAnnotations, labelsMultiline, longTime, nameAndNamespace } from './parts/metadata.ts';
import { describeSpread, describeTolerations } from './parts/pod-template.ts';
import { describeVolumes } from './parts/volumes.ts';
import type { Writer } from './writer.ts';

export const pod = defineDescriber<Pod>({
  kind: 'Pod',
  group: '',
  events: 'own',
  async describe(w, object, look) {
    head(w, object, look.now);
    containers(w, object);
    conditions(w, object);
    const { spec } = object;
    describeVolumes(w, spec?.volumes);
    w.line(0, 'QoS Class:', object.status?.qosClass);
    labelsMultiline(w, 'Node-Selectors', spec?.nodeSelector);
    describeTolerations(w, 'Tolerations', spec?.tolerations);
    describeSpread(w, spec?.topologySpreadConstraints);
    if (look.showEvents) describeEvents(w, await podEvents(look, object), look.now);
  },
});

/** Events of a static pod are about the uid that its node gave it. */
const podEvents = (look: Look, { metadata }: Pod) =>
  eventsAbout(look, {
    name: metadata?.name ?? '',
    namespace: metadata?.namespace ?? '',
    uid: metadata?.annotations?.['kubernetes.io/config.mirror'] ?? metadata?.uid,
  });

function head(w: Writer, { metadata, spec, status }: Pod, now: number): void {
  nameAndNamespace(w, metadata);
  if (spec?.priority !== undefined) w.line(0, 'Priority:', spec.priority);
  if (spec?.priorityClassName) w.line(0, 'Priority Class Name:', spec.priorityClassName);
  if (spec?.runtimeClassName) w.line(0, 'Runtime Class Name:', spec.runtimeClassName);
  if (spec?.serviceAccountName) w.line(0, 'Service Account:', spec.serviceAccountName);
  w.line(0, 'Node:', spec?.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>');
  if (status?.startTime) w.line(0, 'Start Time:', longTime(status.startTime));
  labelsAndAnnotations(w, metadata);
  if (metadata?.deletionTimestamp && status?.phase !== 'Failed' && status?.phase !== 'Succeeded') {
    w.line(0, 'Status:', lastsFor(metadata.deletionTimestamp, now));
    w.line(0, 'Termination Grace Period:', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else w.line(0, 'Status:', status?.phase);
  if (status?.reason) w.line(0, 'Reason:', status.reason);
  if (status?.message) w.line(0, 'Message:', status.message);
  const seccomp = spec?.securityContext?.seccompProfile;
  if (seccomp) w.line(0, 'SeccompProfile:', seccomp.type);
  if (seccomp?.type === 'Localhost') w.line(0, 'LocalhostProfile:', seccomp.localhostProfile);
  addresses(w, status);
  controlledBy(w, metadata);
  if (status?.nominatedNodeName) w.line(0, 'NominatedNodeName:', status.nominatedNodeName);
  if (spec?.resources) {
    w.line(0, 'Resources:');
    describeResources(w, spec.resources, 1);
  }
}

function addresses(w: Writer, status: Pod['status']): void {
  w.line(0, 'IP:', status?.podIP);
  if (!status?.podIPs?.length) {
    w.line(0, 'IPs:', '<none>');
    return;
  }
  w.line(0, 'IPs:');
  for (const { ip } of status.podIPs) w.line(1, 'IP:', ip);
}

function containers(w: Writer, object: Pod): void {
  const { spec, status } = object;
  if (spec?.initContainers?.length) {
    describeContainers(w, { label: 'Init Containers', containers: spec.initContainers, statuses: status?.initContainerStatuses, pod: object });
  }
  describeContainers(w, { label: 'Containers', containers: spec?.containers ?? [], statuses: status?.containerStatuses, pod: object });
  if (spec?.ephemeralContainers?.length) {
    describeContainers(w, {
      label: 'Ephemeral Containers',
      containers: spec.ephemeralContainers,
      statuses: status?.ephemeralContainerStatuses,
      pod: object,
    });
  }
}

function conditions(w: Writer, { spec, status }: Pod): void {
  const found = status?.conditions ?? [];
  if (spec?.readinessGates?.length) {
    w.line(0, 'Readiness Gates:');
    w.line(1, 'Type', 'Status');
    for (const { conditionType } of spec.readinessGates)
      w.line(1, `${conditionType} `, `${found.find(({ type }) => type === conditionType)?.status ?? '<none>'} `);
  }
  if (found.length === 0) return;
  w.line(0, 'Conditions:');
  w.line(1, 'Type', 'Status');
  for (const { type, status: value } of found) w.line(1, `${type} `, `${value} `);
}
