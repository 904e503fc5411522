import type { KubeObject } from '../../../../api/machinery/object.ts';
import { resourcePath } from '../../client/mapper.ts';
import type { Invocation } from '../../invocation.ts';
import type { Info } from '../../resource/selection.ts';
import { configuration } from '../../writing/last-applied.ts';
import { FailedPatch, patchLive } from '../apply/patcher.ts';
import type { DiffOptions } from './diff.ts';

interface Merge {
  readonly live: KubeObject | undefined;
  readonly options: DiffOptions;
  /** Refuse to merge into any other version than the live one that was read. */
  readonly locked: boolean;
}

/** What the object would be if it were applied, as the server says in a dry run. */
export async function mergedObject(kubectl: Invocation, info: Info, { live, options, locked }: Merge): Promise<KubeObject> {
  const manager = kubectl.changed('field-manager') || !options['server-side'] ? options['field-manager'] : 'kubectl';
  const query = { dryRun: 'All', fieldManager: manager };
  const path = resourcePath(info.mapping, info.namespace, info.name);
  if (options['server-side']) {
    return kubectl.api.patch(path, 'application/apply-patch+yaml', info.object, { ...query, force: String(options['force-conflicts']) });
  }
  if (!live) return kubectl.api.post(resourcePath(info.mapping, info.namespace), info.object, query);
  const { resourceVersion } = live.metadata;
  try {
    const merge = { current: live, modified: configuration(info.object) };
    return (await patchLive(kubectl, info, merge, { query, ...(locked && resourceVersion ? { resourceVersion } : {}) })).object;
  } catch (error) {
    throw error instanceof FailedPatch ? error.reason : error;
  }
}
