import { type FieldError, type FieldPath, invalidValue, required } from '../../../machinery/field-error.ts';
import { isDns1123SubdomainWithUnderscore } from '../../../machinery/names.ts';
import type { PodDNSConfig } from '../../../schema/generated/types.ts';
import { findings, ipAddress } from '../../field-checks.ts';

export function validateDnsConfig(config: PodDNSConfig | undefined, policy: string | undefined, path: FieldPath): FieldError[] {
  const { nameservers = [], searches = [], options = [] } = config ?? {};
  if (policy === 'None') {
    if (!config) return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if (nameservers.length === 0) return [required(path.child('nameservers'), 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
  }
  const searchPath = path.child('searches');
  return [
    ...(nameservers.length > 3 ? [invalidValue(path.child('nameservers'), nameservers, 'must not have more than 3 nameservers')] : []),
    ...nameservers.flatMap((server, i) => ipAddress(path.child('nameservers').index(i), server)),
    ...(searches.length > 32 ? [invalidValue(searchPath, searches, 'must not have more than 32 search paths')] : []),
    ...(searches.join(' ').length > 2048
      ? [invalidValue(searchPath, searches, 'must not have more than 2048 characters (including spaces) in the search list')]
      : []),
    ...searches.flatMap((search, i) => (search === '.' ? [] : searchFindings(searchPath.index(i), search.replace(/\.$/, '')))),
    ...options.flatMap(({ name }, i) => (name ? [] : [required(path.child('options').index(i), 'must not be empty')])),
  ];
}

const searchFindings = (path: FieldPath, search: string): FieldError[] => findings(path, search, isDns1123SubdomainWithUnderscore(search));
