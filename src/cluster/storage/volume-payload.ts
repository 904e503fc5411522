import type { Informers } from '../../api/client/informer.ts';
import { ConfigMaps, Secrets } from '../../api/kinds/resource-types.ts';
import type { KeyToPath, Node, Pod, Volume } from '../../api/schema/generated/types.ts';
import { fieldValue } from '../kubelet/downward.ts';
import { allContainers, resourceFieldValue } from '../kubelet/resource-field.ts';
import { MountError } from './mount-error.ts';
import type { PayloadFile } from './payload-writer.ts';

export interface PayloadSources {
  readonly informers: Informers;
  readonly pod: Pod;
  readonly node: Node | undefined;
  readonly podIP: string;
  readonly hostIP: string;
  /** A bound token for the pod's service account. */
  readonly token: (audience: string | undefined, expirationSeconds: number) => string;
}

/** The files that a volume made of API data holds; undefined for volumes of other kinds. Throws MountError while data are missing. */
export function payloadOf(volume: Volume, sources: PayloadSources): readonly PayloadFile[] | undefined {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap) return configMapFiles(sources, configMap.name ?? '', configMap, configMap.defaultMode ?? 0o644);
  if (secret) return secretFiles(sources, secret.secretName ?? '', secret, secret.defaultMode ?? 0o644);
  if (downwardAPI) return downwardFiles(sources, downwardAPI.items, downwardAPI.defaultMode ?? 0o644);
  if (!projected) return undefined;
  return (projected.sources ?? []).flatMap((source) => projectedFiles(sources, source, projected.defaultMode ?? 0o644));
}

type Projection = NonNullable<NonNullable<Volume['projected']>['sources']>[number];

function projectedFiles(sources: PayloadSources, source: Projection, mode: number): readonly PayloadFile[] {
  if (source.configMap) return configMapFiles(sources, source.configMap.name ?? '', source.configMap, mode);
  if (source.secret) return secretFiles(sources, source.secret.name ?? '', source.secret, mode);
  if (source.downwardAPI) return downwardFiles(sources, source.downwardAPI.items, mode);
  const token = source.serviceAccountToken;
  if (!token) return [];
  let made: string | undefined;
  const data = () => {
    made ??= sources.token(token.audience, token.expirationSeconds ?? 3600);
    return made;
  };
  return [{ path: token.path, data, mode }];
}

interface Selection {
  readonly items?: readonly KeyToPath[];
  readonly optional?: boolean;
}

function configMapFiles({ informers, pod }: PayloadSources, name: string, selection: Selection, mode: number): PayloadFile[] {
  const found = informers.for(ConfigMaps).get(pod.metadata.namespace ?? '', name);
  if (!found && !selection.optional) throw new MountError(`configmap "${name}" not found`);
  const binary = Object.entries(found?.binaryData ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64')] as const);
  const data = new Map<string, string | Uint8Array>([...Object.entries(found?.data ?? {}), ...binary]);
  return select(data, selection, mode, (key) => `configmap references non-existent config key: ${key}`);
}

function secretFiles({ informers, pod }: PayloadSources, name: string, selection: Selection, mode: number): PayloadFile[] {
  const found = informers.for(Secrets).get(pod.metadata.namespace ?? '', name);
  if (!found && !selection.optional) throw new MountError(`secret "${name}" not found`);
  const data = new Map<string, Uint8Array>(Object.entries(found?.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64')]));
  return select(data, selection, mode, (key) => `references non-existent secret key: ${key}`);
}

function select(
  data: ReadonlyMap<string, string | Uint8Array>,
  { items, optional }: Selection,
  mode: number,
  missing: (key: string) => string,
): PayloadFile[] {
  if (!items?.length) return [...data].map(([path, value]) => ({ path, data: value, mode }));
  return items.flatMap((item) => {
    const value = data.get(item.key);
    if (value !== undefined) return [{ path: item.path, data: value, mode: item.mode ?? mode }];
    if (optional) return [];
    throw new MountError(missing(item.key));
  });
}

type DownwardItems = NonNullable<Volume['downwardAPI']>['items'];

function downwardFiles(sources: PayloadSources, items: DownwardItems, mode: number): PayloadFile[] {
  return (items ?? []).map((item) => ({ path: item.path, data: downwardData(sources, item), mode: item.mode ?? mode }));
}

function downwardData(sources: PayloadSources, item: NonNullable<DownwardItems>[number]): string {
  if (item.fieldRef) return fieldValue(sources, item.fieldRef.fieldPath);
  const container = allContainers(sources.pod).find((c) => c.name === item.resourceFieldRef?.containerName);
  return item.resourceFieldRef && container ? resourceFieldValue(sources.pod, container, item.resourceFieldRef, sources.node) : '';
}
