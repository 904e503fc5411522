import type { KubeObject } from '../../../api/machinery/object.ts';
import { UsageError } from '../errors.ts';

export function goTemplate(_template: string, _object: KubeObject, _allowMissingKeys: boolean): string {
  throw new UsageError('kubeproctor does not simulate go-template output');
}
