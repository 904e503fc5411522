import type { ComponentStatus } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';

export const componentStatus = defineKind<ComponentStatus>({
  group: '',
  version: 'v1',
  resource: 'componentstatuses',
  row({ metadata, conditions }) {
    const healthy = conditions?.find((c) => c.type === 'Healthy');
    const word = healthy ? (healthy.status === 'True' ? 'Healthy' : 'Unhealthy') : 'Unknown';
    return [metadata.name ?? '', word, healthy?.message ?? '', healthy?.error ?? ''];
  },
});
