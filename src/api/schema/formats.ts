import { isIPv4, isIPv6 } from 'node:net';
import { parseCidr } from '../machinery/addresses.ts';
import { isDns1123Label } from '../machinery/names.ts';
import { isQuantity } from '../machinery/quantity.ts';
import { illegalBase64 } from './base64.ts';
import { timeError } from './times.ts';

/** The string formats a CRD may ask for; unknown ones are ignored, as upstream ignores them. */
const FORMATS: Readonly<Record<string, (value: string) => boolean>> = {
  'date-time': (v) => timeError(v, false) === undefined,
  datetime: (v) => timeError(v, false) === undefined,
  date: (v) => /^\d{4}-\d\d-\d\d$/.test(v) && !Number.isNaN(Date.parse(v)),
  email: (v) => /^[^@\s]+@[^@\s]+$/.test(v),
  hostname: (v) => /^(?=.{1,253}$)[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/.test(v),
  ipv4: (v) => isIPv4(v),
  ipv6: (v) => isIPv6(v),
  cidr: (v) => parseCidr(v) !== undefined,
  mac: (v) => /^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$/.test(v),
  uri: (v) => /^([a-zA-Z][a-zA-Z0-9+.-]*:|\/)/.test(v),
  uuid: (v) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(v),
  byte: (v) => illegalBase64(v) === undefined,
  duration: (v) => /^-?(\d+(\.\d+)?\s*(ns|us|µs|ms|s|m|h|d|w|hour|hours|min|minutes|sec|seconds|days|day|week|weeks)\s*)+$/.test(v),
  quantity: isQuantity,
  'k8s-short-name': (v) => isDns1123Label(v).length === 0,
};

/** The format's name where the value is not of it. */
export const formatProblem = (format: string, value: string): string | undefined => (FORMATS[format]?.(value) === false ? format : undefined);
