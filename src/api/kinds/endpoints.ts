import type { Endpoints } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { validateSubsets } from './endpoints-validation.ts';
import { NONE, shortened } from './table-cells.ts';

export const endpoints = defineKind<Endpoints>({
  group: '',
  version: 'v1',
  resource: 'endpoints',
  nameRule: 'dns-subdomain',
  defaults: (object) =>
    object.subsets
      ? {
          ...object,
          subsets: object.subsets.map((subset) =>
            subset.ports ? { ...subset, ports: subset.ports.map((port) => ({ ...port, protocol: port.protocol || 'TCP' })) } : subset,
          ),
        }
      : object,
  validate: validateSubsets,
  validateUpdate: validateSubsets,
  row: ({ metadata, subsets }, { age }) => [metadata.name ?? '', endpointsCell(subsets), age(metadata.creationTimestamp)],
});

function endpointsCell(subsets: Endpoints['subsets']): string {
  if (!subsets?.length) return NONE;
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0 ? addresses.map(({ ip }) => ip) : ports.flatMap(({ port }) => addresses.map(({ ip }) => hostPort(ip, port))),
  );
  return shortened(all, 3);
}

const hostPort = (ip: string, port: number): string => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`);
