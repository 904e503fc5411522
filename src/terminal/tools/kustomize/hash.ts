import { createHash } from 'node:crypto';
import { isPlainObject, toGoJson } from '../../../api/machinery/json.ts';
import type { Resource } from './resource.ts';

/** Names of generated resources end with a hash of their content, so that whoever uses them notices changes. */
export function addHashes(resources: readonly Resource[]): void {
  for (const resource of resources) {
    if (!resource.needsHash) continue;
    const hash = contentHash(resource);
    resource.remember();
    resource.name = `${resource.name}-${hash}`;
  }
}

/** The name is always empty in what is hashed, as in kustomize itself. */
function contentHash({ object }: Resource): string {
  const { kind, type, data = '', binaryData, stringData } = object;
  const content =
    kind === 'Secret'
      ? { kind, type: type ?? '', name: '', data, ...(isPlainObject(stringData) ? { stringData } : {}) }
      : { kind, name: '', data, ...(isPlainObject(binaryData) ? { binaryData } : {}) };
  const hex = createHash('sha256').update(toGoJson(content)).digest('hex').slice(0, 10);
  return hex.replace(/[013ae]/g, (digit) => safe[digit] ?? digit);
}

const safe: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };
