import type { PodTemplateSpec } from '../../../../api/schema/generated/types.ts';
import { describePodTemplate } from '../describe/parts/pod-template.ts';
import { Writer } from '../describe/writer.ts';

/** A pod template as `describe` words it, its cells not aligned. */
export function templateText(template: PodTemplateSpec): string {
  const writer = new Writer(false);
  describePodTemplate(writer, template);
  return writer.toString();
}
