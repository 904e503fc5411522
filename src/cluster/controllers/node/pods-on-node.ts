import type { Informers } from '../../../api/client/informer.ts';
import { Pods } from '../../../api/kinds/resource-types.ts';
import type { Pod } from '../objects.ts';

const INDEX = 'node';

export function podsOnNode(informers: Informers, node: string): readonly Pod[] {
  const pods = informers.for(Pods);
  pods.addIndex(INDEX, ({ spec }) => (spec?.nodeName ? [spec.nodeName] : []));
  return pods.byIndex(INDEX, node);
}
