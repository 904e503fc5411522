import { cidrContains, formatIp, parseIp } from '../machinery/addresses.ts';
import { type FieldError, type FieldPath, invalidValue } from '../machinery/field-error.ts';

/** An address that traffic may be sent to. */
export function endpointAddress(path: FieldPath, text: string): FieldError[] {
  const ip = parseIp(text);
  if (!ip) return [];
  const within = (...blocks: string[]) => blocks.some((block) => cidrContains(block, ip));
  const canonical = formatIp(ip);
  return [
    ...(canonical === '0.0.0.0' || canonical === '::' ? [invalidValue(path, text, `may not be unspecified (${text})`)] : []),
    ...(within('127.0.0.0/8', '::1/128') ? [invalidValue(path, text, 'may not be in the loopback range (127.0.0.0/8, ::1/128)')] : []),
    ...(within('169.254.0.0/16', 'fe80::/10') ? [invalidValue(path, text, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)')] : []),
    ...(within('224.0.0.0/24', 'ff02::/16')
      ? [invalidValue(path, text, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')]
      : []),
  ];
}
