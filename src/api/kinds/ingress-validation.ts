import { parseIp } from '../machinery/addresses.ts';
import { type FieldError, type FieldPath, invalidValue, required } from '../machinery/field-error.ts';
import {
  isDns1123Label,
  isDns1123Subdomain,
  isPathSegmentName,
  isValidPortName,
  isValidPortNumber,
  isWildcardDns1123Subdomain,
} from '../machinery/names.ts';
import type { HTTPIngressPath, IngressBackend, IngressRule, IngressSpec } from '../schema/generated/types.ts';
import { findings, oneOf } from './field-checks.ts';

const ABSOLUTE = 'must be an absolute path';

export function validateIngressSpec(spec: IngressSpec, path: FieldPath): FieldError[] {
  const { rules = [], tls = [], defaultBackend, ingressClassName: className } = spec;
  return [
    ...(rules.length === 0 && !defaultBackend
      ? [invalidValue(path, spec.rules ?? null, 'either `defaultBackend` or `rules` must be specified')]
      : []),
    ...(defaultBackend ? backendFindings(defaultBackend, path.child('defaultBackend')) : []),
    ...rules.flatMap((rule, i) => ruleFindings(rule, path.child('rules').index(i))),
    ...tls.flatMap(({ hosts = [], secretName }, i) => {
      const at = path.child('tls').index(i);
      return [
        ...hosts.flatMap((host, j) => hostName(host, at.child('hosts').index(j))),
        ...(secretName ? findings(at.child('secretName'), secretName, isDns1123Subdomain(secretName)) : []),
      ];
    }),
    ...(className === undefined ? [] : findings(path.child('ingressClassName'), className, isDns1123Subdomain(className))),
  ];
}

const hostName = (host: string, path: FieldPath): FieldError[] =>
  findings(path, host, host.includes('*') ? isWildcardDns1123Subdomain(host) : isDns1123Subdomain(host));

function ruleFindings({ host, http }: IngressRule, path: FieldPath): FieldError[] {
  const at = path.child('host');
  const paths = path.child('http', 'paths');
  return [
    ...(host && parseIp(host) ? [invalidValue(at, host, 'must be a DNS name, not an IP address')] : []),
    ...(host ? hostName(host, at) : []),
    ...(http && !http.paths?.length ? [required(paths)] : []),
    ...(http?.paths ?? []).flatMap((one, i) => pathFindings(one, paths.index(i))),
  ];
}

function pathFindings({ path = '', pathType, backend }: HTTPIngressPath, at: FieldPath): FieldError[] {
  if (!pathType) return [required(at.child('pathType'), 'pathType must be specified')];
  return [...pathText(path, pathType, at), ...backendFindings(backend ?? {}, at.child('backend'))];
}

function pathText(path: string, pathType: string, at: FieldPath): FieldError[] {
  const here = at.child('path');
  if (pathType === 'ImplementationSpecific') return path && !path.startsWith('/') ? [invalidValue(here, path, ABSOLUTE)] : [];
  if (pathType !== 'Exact' && pathType !== 'Prefix') return oneOf(at.child('pathType'), pathType, ['Exact', 'ImplementationSpecific', 'Prefix']);
  return [
    ...(path.startsWith('/') ? [] : [invalidValue(here, path, ABSOLUTE)]),
    ...['//', '/./', '/../', '%2f', '%2F']
      .filter((part) => path.includes(part))
      .map((part) => invalidValue(here, path, `must not contain '${part}'`)),
    ...['/..', '/.'].filter((end) => path.endsWith(end)).map((end) => invalidValue(here, path, `cannot end with '${end}'`)),
  ];
}

function backendFindings({ resource, service }: IngressBackend, path: FieldPath): FieldError[] {
  if (resource && service) return [invalidValue(path, '', 'cannot set both resource and service backends')];
  if (resource) return typedReference(resource, path.child('resource'));
  if (!service) return [invalidValue(path, '', 'resource or service backend is required')];
  const at = path.child('service');
  return [
    ...(service.name ? findings(at.child('name'), service.name, isDns1123Label(service.name)) : [required(at.child('name'))]),
    ...servicePort(service.port ?? {}, path),
  ];
}

function servicePort({ name, number }: { readonly name?: string; readonly number?: number }, path: FieldPath): FieldError[] {
  const at = path.child('service', 'port');
  if (name && number) return [invalidValue(path, '', 'cannot set both port name & port number')];
  if (name) return findings(at.child('name'), name, isValidPortName(name));
  return number ? findings(at.child('number'), number, isValidPortNumber(number)) : [required(path, 'port name or number is required')];
}

interface TypedReference {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

/** A reference by group, kind and name. */
export function typedReference({ apiGroup, kind, name }: TypedReference, path: FieldPath): FieldError[] {
  const segment = (field: string, value: string) =>
    value ? findings(path.child(field), value, isPathSegmentName(value)) : [required(path.child(field))];
  return [
    ...(apiGroup === undefined ? [] : findings(path.child('apiGroup'), apiGroup, isDns1123Subdomain(apiGroup))),
    ...segment('kind', kind),
    ...segment('name', name),
  ];
}
