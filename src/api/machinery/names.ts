/** Checks of names and values. Each answers with the findings in upstream's words; an empty list means valid. */
type Check = (value: string) => string[];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_UNDERSCORE = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SUBDOMAIN_UNDERSCORE = `${LABEL_UNDERSCORE}(\\.${LABEL_UNDERSCORE})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const WILDCARD = `\\*\\.${SUBDOMAIN}`;
const KEY_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${KEY_NAME})?`;
const ENV_NAME = '[-._a-zA-Z][-._a-zA-Z0-9]*';
const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const PERCENT = '[0-9]+%';
const HEADER = '[-A-Za-z0-9]+';
const CHARSET = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

const compiled = new Map<string, RegExp>();
function matches(pattern: string, value: string): boolean {
  let regex = compiled.get(pattern);
  if (!regex) {
    regex = new RegExp(`^${pattern}$`);
    compiled.set(pattern, regex);
  }
  return regex.test(value);
}

const byteLength = (text: string): number => Buffer.byteLength(text);
export const maxLengthError = (length: number): string => `must be no more than ${length} characters`;
const maxBytesError = (length: number): string => `must be no more than ${length} bytes`;
export const inclusiveRangeError = (low: number, high: number): string => `must be between ${low} and ${high}, inclusive`;

/** As upstream words a value that a pattern refuses. */
export function regexError(message: string, pattern: string, ...examples: string[]): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${pattern}')`;
  return `${message} (e.g. ${examples.map((e) => `'${e}', `).join(' or ')}regex used for validation is '${pattern}')`;
}

function patternCheck(max: number, pattern: string, message: string, ...examples: string[]): Check {
  return (value) => [
    ...(byteLength(value) > max ? [maxLengthError(max)] : []),
    ...(matches(pattern, value) ? [] : [regexError(message, pattern, ...examples)]),
  ];
}

const LABEL_MESSAGE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";

export const isDns1123Label: Check = (value) => {
  const findings = byteLength(value) > 63 ? [maxLengthError(63)] : [];
  if (matches(LABEL, value)) return findings;
  const why = matches(SUBDOMAIN, value) ? 'must not contain dots' : regexError(LABEL_MESSAGE, LABEL, 'my-name', '123-abc');
  return [...findings, why];
};

export const isDns1123Subdomain: Check = patternCheck(
  253,
  SUBDOMAIN,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  'example.com',
);
export const isDns1123SubdomainWithUnderscore: Check = patternCheck(
  253,
  SUBDOMAIN_UNDERSCORE,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
  'example.com',
);
export const isDns1035Label: Check = patternCheck(
  63,
  LABEL_1035,
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  'my-name',
  'abc-123',
);
export const isWildcardDns1123Subdomain: Check = patternCheck(
  253,
  WILDCARD,
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  '*.example.com',
);

/** A label key: an optional DNS prefix, a slash, a name. */
export const isQualifiedName: Check = (value) => {
  const parts = value.split('/');
  const nameError = () => regexError(CHARSET, KEY_NAME, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2) return [`a valid label key ${nameError()} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const findings: string[] = [];
  const name = parts.at(-1) ?? '';
  if (parts.length === 2) {
    const prefix = parts[0] ?? '';
    if (prefix === '') findings.push('prefix part must be non-empty');
    else findings.push(...isDns1123Subdomain(prefix).map((m) => `prefix part ${m.replace('253 characters', '253 bytes')}`));
  }
  if (name === '') findings.push('name part must be non-empty');
  else if (byteLength(name) > 63) findings.push(`name part ${maxBytesError(63)}`);
  if (!matches(KEY_NAME, name)) findings.push(`name part ${nameError()}`);
  return findings;
};

export const isValidLabelValue: Check = (value) => [
  ...(byteLength(value) > 63 ? [maxBytesError(63)] : []),
  ...(matches(LABEL_VALUE, value)
    ? []
    : [
        regexError(
          `a valid label must be an empty string or ${CHARSET.replace('must consist', 'consist')}`,
          LABEL_VALUE,
          'MyValue',
          'my_value',
          '12345',
        ),
      ]),
];

export const isPathSegmentName: Check = (name) => {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((s) => name.includes(s)).map((s) => `may not contain '${s}'`);
};

export const isValidPortNumber = (port: number): string[] => (port >= 1 && port <= 65535 ? [] : [inclusiveRangeError(1, 65535)]);
export const isInRange = (value: number, low: number, high: number): string[] =>
  value >= low && value <= high ? [] : [inclusiveRangeError(low, high)];
export const isValidUserId = (id: number): string[] => isInRange(id, 0, 2147483647);

export const isValidPortName: Check = (port) => {
  const findings: string[] = [];
  if (byteLength(port) > 15) findings.push(maxLengthError(15));
  if (!/^[-a-z0-9]+$/.test(port)) findings.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(port)) findings.push('must contain at least one letter (a-z)');
  if (port.includes('--')) findings.push('must not contain consecutive hyphens');
  if (port.startsWith('-') || port.endsWith('-')) findings.push('must not begin or end with a hyphen');
  return findings;
};

export const isValidPercent: Check = (value) =>
  matches(PERCENT, value) ? [] : [regexError("a valid percent string must be a numeric string followed by an ending '%'", PERCENT, '1%', '93%')];

export const isHttpHeaderName: Check = (value) =>
  matches(HEADER, value) ? [] : [regexError("a valid HTTP header must consist of alphanumeric characters or '-'", HEADER, 'X-Header-Name')];

export const isEnvVarName: Check = (value) => [
  ...(matches(ENV_NAME, value)
    ? []
    : [
        regexError(
          "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
          ENV_NAME,
          'my.env-name',
          'MY_ENV.NAME',
          'MyEnvName1',
        ),
      ]),
  ...climbsOut(value),
];

/** What the API server has accepted since 1.34: any printable ASCII but `=`. */
export const isRelaxedEnvVarName: Check = (value) => [
  ...(value === '' ? ['environment variable name must be non-empty'] : []),
  ...(/^[ -<>-~]*$/.test(value) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]),
];

export const isConfigMapKey: Check = (value) => [
  ...(byteLength(value) > 253 ? [maxLengthError(253)] : []),
  ...(matches(CONFIG_KEY, value)
    ? []
    : [regexError("a valid config key must consist of alphanumeric characters, '-', '_' or '.'", CONFIG_KEY, 'key.name', 'KEY_NAME', 'key-name')]),
  ...climbsOut(value),
];

function climbsOut(value: string): string[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}
