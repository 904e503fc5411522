import { isUtf8 } from 'node:buffer';
import { isConfigMapKey } from '../../../../api/machinery/names.ts';
import { UsageError } from '../../errors.ts';
import { contentHash } from './content-hash.ts';
import { defineGenerator } from './generator.ts';
import { checkSources, type Entry, envFileEntries, fileEntries, keySourceFlags, literalEntry } from './key-sources.ts';

export const createConfigMap = defineGenerator({
  name: 'configmap',
  aliases: ['cm'],
  failure: 'failed to create configmap: ',
  flags: keySourceFlags,
  help: {
    usage: 'configmap NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
    short: 'Create a config map from a local file, directory or literal value',
    examples: [
      ['Every file of a folder', 'kubectl create configmap my-config --from-file=path/to/bar'],
      ['Files under keys of their own', 'kubectl create configmap my-config --from-file=key1=/path/to/bar/file1.txt'],
      ['Literal values', 'kubectl create configmap my-config --from-literal=key1=config1 --from-literal=key2=config2'],
      ['Lines of key=value', 'kubectl create configmap my-config --from-env-file=path/to/foo.env'],
    ],
  },
  build(kubectl, name, sources) {
    checkSources(sources);
    const content = new ConfigMapContent(name);
    for (const source of sources['from-file']) for (const entry of fileEntries(kubectl, source)) content.add(entry, true);
    for (const source of sources['from-literal']) content.add(literalEntry(source));
    for (const path of sources['from-env-file']) for (const entry of envFileEntries(kubectl, path, 'config')) content.add(entry);
    const { data, binaryData } = content;
    const binary = Object.keys(binaryData).length > 0 ? { binaryData } : {};
    const hashed = sources['append-hash'] ? { name: `${name}-${contentHash({ kind: 'ConfigMap', name, data, ...binary })}` } : {};
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata: hashed, data, binaryData };
  },
});

class ConfigMapContent {
  readonly data: Record<string, string> = {};
  readonly binaryData: Record<string, string> = {};
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  add({ key, value }: Entry, maybeBinary = false): void {
    const findings = isConfigMapKey(key);
    if (findings.length > 0) throw new UsageError(`${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${findings.join(',')}`);
    for (const [field, taken] of [
      ['Data', this.data],
      ['BinaryData', this.binaryData],
    ] as const) {
      if (key in taken)
        throw new UsageError(
          `cannot add key ${JSON.stringify(key)}, another key by that name already exists in ${field} for ConfigMap "${this.#name}"`,
        );
    }
    if (maybeBinary && !isUtf8(value)) this.binaryData[key] = value.toString('base64');
    else this.data[key] = value.toString();
  }
}
