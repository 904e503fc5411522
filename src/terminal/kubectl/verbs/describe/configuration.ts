import type { ConfigMap, Secret, ServiceAccount } from '../../../../api/schema/generated/types.ts';
import { defineDescriber } from './describer.ts';
import { labelsAndAnnotations, nameAndNamespace, sortedEntries } from './parts/metadata.ts';

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');

export const configMap = defineDescriber<ConfigMap>({
  kind: 'ConfigMap',
  group: '',
  describe(w, { metadata, data, binaryData }) {
    nameAndNamespace(w, metadata);
    labelsAndAnnotations(w, metadata);
    w.write(0, '\nData\n====\n');
    for (const [key, value] of sortedEntries(data)) w.write(0, `${key}:\n----\n${value}\n\n`);
    w.write(0, '\nBinaryData\n====\n');
    for (const [key, value] of sortedEntries(binaryData)) w.write(0, `${key}: ${bytesOf(value).length} bytes\n`);
    w.write(0, '\n');
  },
});

export const secret = defineDescriber<Secret>({
  kind: 'Secret',
  group: '',
  events: false,
  describe(w, { metadata, type, data }) {
    nameAndNamespace(w, metadata);
    labelsAndAnnotations(w, metadata);
    w.write(0, `\nType:\t${type}\n\nData\n====\n`);
    for (const [key, value] of sortedEntries(data)) {
      const shown = key === 'token' && type === 'kubernetes.io/service-account-token' ? bytesOf(value).toString() : `${bytesOf(value).length} bytes`;
      w.line(0, `${key}:`, shown);
    }
  },
});

export const serviceAccount = defineDescriber<ServiceAccount>({
  kind: 'ServiceAccount',
  group: '',
  describe(w, { metadata, imagePullSecrets }) {
    nameAndNamespace(w, metadata);
    labelsAndAnnotations(w, metadata);
    const header = 'Image pull secrets:';
    if (!imagePullSecrets?.length) w.line(0, header, '<none>');
    for (const [i, { name }] of (imagePullSecrets ?? []).entries()) w.line(0, i === 0 ? header : ' '.repeat(header.length), name);
  },
});
