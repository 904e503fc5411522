import { ageOf } from '../../../../api/machinery/duration.ts';
import { byCodePoint } from '../../../../api/machinery/json.ts';
import { quantityMilli, quantityValue } from '../../../../api/machinery/quantity.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import type { Lease, Node, Pod } from '../../../../api/schema/generated/types.ts';
import { messageOf } from '../../errors.ts';
import { defineDescriber, type Look } from './describer.ts';
import { describeEvents, eventsAbout } from './parts/events.ts';
import { labelsAndAnnotations, longTime, sortedEntries } from './parts/metadata.ts';
import { type Amounts, addAmounts, podAmounts } from './parts/pod-requests.ts';
import { multiline, type Writer } from './writer.ts';

export const node = defineDescriber<Node>({
  kind: 'Node',
  group: '',
  events: 'own',
  async describe(w, object, look) {
    const { metadata, spec, status } = object;
    const name = metadata?.name ?? '';
    w.line(0, 'Name:', name);
    w.line(0, 'Roles:', rolesOf(object).join(',') || '<none>');
    labelsAndAnnotations(w, metadata);
    w.line(0, 'CreationTimestamp:', longTime(metadata?.creationTimestamp));
    const taints = [...(spec?.taints ?? [])].sort((a, b) => byCodePoint(`${a.effect},${a.key}`, `${b.effect},${b.key}`));
    multiline(
      w,
      'Taints',
      taints.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`),
    );
    w.line(0, 'Unschedulable:', String(spec?.unschedulable ?? false));
    await lease(w, name, look);
    state(w, status);
    if (spec?.podCIDR) w.line(0, 'PodCIDR:', spec.podCIDR);
    if (spec?.podCIDRs?.length) w.line(0, 'PodCIDRs:', spec.podCIDRs.join(','));
    if (spec?.providerID) w.line(0, 'ProviderID:', spec.providerID);
    await pods(w, object, look);
    if (!look.showEvents) return;
    const about = { name, namespace: '', kind: 'Node' };
    describeEvents(
      w,
      [...(await eventsAbout(look, { ...about, uid: metadata?.uid })), ...(await eventsAbout(look, { ...about, uid: name }))],
      look.now,
    );
  },
});

function rolesOf({ metadata }: Node): string[] {
  const prefix = 'node-role.kubernetes.io/';
  const labels = Object.entries(metadata?.labels ?? {});
  const roles = labels.flatMap(([key, value]) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : key === 'kubernetes.io/role' ? [value] : []));
  return [...new Set(roles.filter(Boolean))].sort(byCodePoint);
}

async function lease(w: Writer, name: string, look: Look): Promise<void> {
  try {
    const { spec } = (await look.kubectl.api.get(`/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}`)) as unknown as Lease;
    w.line(0, 'Lease:');
    w.line(1, 'HolderIdentity:', spec?.holderIdentity ?? '<unset>');
    w.line(1, 'AcquireTime:', spec?.acquireTime ? longTime(spec.acquireTime) : '<unset>');
    w.line(1, 'RenewTime:', spec?.renewTime ? longTime(spec.renewTime) : '<unset>');
  } catch (error) {
    w.line(0, 'Lease:', `Failed to get lease: ${messageOf(error)}`);
  }
}

function state(w: Writer, status: Node['status']): void {
  if (status?.conditions?.length) {
    w.line(0, 'Conditions:');
    w.line(1, 'Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message');
    w.line(1, '----', '------', '-----------------', '------------------', '------', '-------');
    for (const c of status.conditions) {
      w.line(1, `${c.type} `, `${c.status} `, `${longTime(c.lastHeartbeatTime)} `, `${longTime(c.lastTransitionTime)} `, `${c.reason} `, c.message);
    }
  }
  w.line(0, 'Addresses:');
  for (const { type, address } of status?.addresses ?? []) w.line(1, `${type}:`, address);
  for (const [label, list] of [
    ['Capacity:', status?.capacity],
    ['Allocatable:', status?.allocatable],
  ] as const) {
    if (Object.keys(list ?? {}).length > 0) w.line(0, label);
    for (const [name, quantity] of sortedEntries(list)) w.line(1, `${name}:`, String(quantity));
  }
  const info = status?.nodeInfo;
  w.line(0, 'System Info:');
  w.line(1, 'Machine ID:', info?.machineID);
  w.line(1, 'System UUID:', info?.systemUUID);
  w.line(1, 'Boot ID:', info?.bootID);
  w.line(1, 'Kernel Version:', info?.kernelVersion);
  w.line(1, 'OS Image:', info?.osImage);
  w.line(1, 'Operating System:', info?.operatingSystem);
  w.line(1, 'Architecture:', info?.architecture);
  w.line(1, 'Container Runtime Version:', info?.containerRuntimeVersion);
  w.line(1, 'Kubelet Version:', info?.kubeletVersion);
}

async function pods(w: Writer, object: Node, look: Look): Promise<void> {
  const fieldSelector = `spec.nodeName=${object.metadata?.name},status.phase!=Succeeded,status.phase!=Failed`;
  try {
    const list = await look.kubectl.api.get('/api/v1/pods', { fieldSelector });
    podTable(w, list.items as unknown as readonly Pod[], object, look.now);
  } catch (error) {
    if (!isStatusError(error, 'Forbidden')) throw error;
    w.line(0, 'Pods:', 'not authorized');
  }
}

function podTable(w: Writer, list: readonly Pod[], { status }: Node, now: number): void {
  const allocatable = (Object.keys(status?.allocatable ?? {}).length > 0 ? status?.allocatable : status?.capacity) as Amounts | undefined;
  const share = (amounts: Amounts, name: string): string => withShare(name, String(amounts[name] ?? '0'), String(allocatable?.[name] ?? '0'));
  w.line(0, 'Non-terminated Pods:', `(${list.length} in total)`);
  w.line(1, 'Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age');
  w.line(1, '---------', '----', '', '------------', '----------', '---------------', '-------------', '---');
  let [requests, limits]: [Amounts, Amounts] = [{}, {}];
  for (const pod of list) {
    const [asked, most] = [podAmounts(pod, 'requests'), podAmounts(pod, 'limits')];
    [requests, limits] = [addAmounts(requests, asked), addAmounts(limits, most)];
    const age = ageOf(pod.metadata?.creationTimestamp, now);
    w.line(
      1,
      pod.metadata?.namespace,
      pod.metadata?.name,
      '',
      share(asked, 'cpu'),
      share(most, 'cpu'),
      share(asked, 'memory'),
      share(most, 'memory'),
      age,
    );
  }
  w.line(0, 'Allocated resources:');
  w.line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)');
  w.line(1, 'Resource', 'Requests', 'Limits');
  w.line(1, '--------', '--------', '------');
  const huge = Object.keys(allocatable ?? {})
    .filter((name) => name.startsWith('hugepages-'))
    .sort(byCodePoint);
  for (const name of ['cpu', 'memory', 'ephemeral-storage', ...huge]) w.line(1, name, share(requests, name), share(limits, name));
  const standard = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods', ...huge]);
  const extended = Object.keys(allocatable ?? {})
    .filter((name) => !standard.has(name))
    .sort(byCodePoint);
  for (const name of extended) w.line(1, name, String(requests[name] ?? '0'), String(limits[name] ?? '0'));
}

function withShare(name: string, amount: string, whole: string): string {
  const value = name === 'cpu' ? quantityMilli : quantityValue;
  const total = value(whole);
  return `${amount} (${total === 0 ? 0 : Math.trunc((value(amount) / total) * 100)}%)`;
}
