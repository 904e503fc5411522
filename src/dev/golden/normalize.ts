/**
 * Replaces what may differ between two right answers (clocks, random suffixes, addresses), so that the rest of a transcript can be
 * compared character for character. What a case itself names (an address, a port, a name) is kept.
 */

/** The alphabet Kubernetes draws generated names from. */
const SAFE = '[bcdfghjklmnpqrstvwxz2456789]';
const NAME = '[a-z0-9\uE000-\uF8FF](?:[a-z0-9.\uE000-\uF8FF-]*?)';
const AGE = String.raw`(?:\d+d(?:\d+h)?|\d+h(?:\d+m)?|\d+m\d+s|[2-9]m|\d{1,3}(?:\.\d+)?s)`;

const RULES: readonly (readonly [RegExp, string])[] = [
  [/^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ (\S+?):\d+\]/gm, '$1<klog> $2]'],
  [/\/tmp\/(LIVE|MERGED)-\d+/g, '/tmp/$1-<n>'],
  [/\bkubectl-edit-\d+/g, 'kubectl-edit-<n>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>'],
  [/\b\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4}(?: \w+)?)?/g, '<time>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>'],
  [/\b(containerd:\/\/|sha256:)[0-9a-f]{64}\b/g, '$1<digest>'],
  [/(resourceVersion\\?"?:\s*)\\?"?\d+\\?"?/g, '$1<rv>'],
  [/(Resource Version:\s+)\d+/g, '$1<rv>'],
  [new RegExp(`(?<![A-Za-z0-9])(${NAME})-${SAFE}{6,10}-${SAFE}{5}(?![A-Za-z0-9-])`, 'g'), '$1-<hash>-<rand>'],
  [new RegExp(`(?<![A-Za-z0-9])(${NAME})-\\d{8}-${SAFE}{5}(?![A-Za-z0-9-])`, 'g'), '$1-<cron>-<rand>'],
  [new RegExp(`(?<![A-Za-z0-9])(${NAME})-(?:2[89]|3\\d)\\d{6}(?![A-Za-z0-9-])`, 'g'), '$1-<cron>'],
  [/\b((?:pod-template-hash|controller-revision-hash)(?:=|"?: ?"?))[a-z0-9-]+/g, '$1<hash>'],
  [new RegExp(`(?<![A-Za-z0-9])(${NAME})-(?=${SAFE}*[24-9])${SAFE}{6,10}(?![A-Za-z0-9-])`, 'g'), '$1-<hash>'],
  [new RegExp(`(?<![A-Za-z0-9])(${NAME})-${SAFE}{5}(?![A-Za-z0-9-])`, 'g'), '$1-<rand>'],
  [/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]|\/\d)/g, '<ip>'],
  [/(nodePort"?:\s*)3[0-2]\d{3}\b/g, '$1<nodeport>'],
  [/(?<=:|\s)3[0-2]\d{3}(?=\/(?:TCP|UDP|SCTP))/g, '<nodeport>'],
  [new RegExp(`(?<=^|\\s|\\()${AGE}(?=\\s|$|\\)|,)`, 'gm'), '<age>'],
  [/<age> \(x\d+ over <age>\)/g, '<age>'],
  [/(?<=\S) {2,}/g, '  '],
  [/[ \t]+$/gm, ''],
];

export interface CaseTexts {
  setup?: readonly (string | { run: string })[];
  files?: Readonly<Record<string, string>>;
  steps?: readonly (string | { run: string })[];
  keep?: readonly string[];
}

/**
 * The texts of a case that must survive normalisation: everything that its commands and files spell out and a rule would otherwise
 * hide (fixed addresses and ports, names without vowels), and whatever its `keep` patterns match.
 */
export function keptBy({ setup = [], files = {}, steps = [], keep = [] }: CaseTexts): RegExp[] {
  const text = (step: string | { run: string }) => (typeof step === 'string' ? step : step.run);
  const own = [...setup.map(text), ...Object.values(files), ...steps.map(text)].join('\n');
  const words = new Set(own.match(/[A-Za-z0-9][A-Za-z0-9.:-]{3,}[A-Za-z0-9]/g) ?? []);
  const wholeAge = new RegExp(`^${AGE}$`);
  const literal = [...words].filter((word) => !wholeAge.test(word) && applyRules(word) !== word && !/^\d{4}-\d\d-\d\d/.test(word));
  const ports = own.match(/\b3[0-2]\d{3}\b/g) ?? [];
  const addresses = own.match(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g) ?? [];
  const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const sources = [...new Set([...literal, ...ports, ...addresses])]
    .sort((a, b) => b.length - a.length)
    .map((word) => `(?<![A-Za-z0-9])${escaped(word)}(?![A-Za-z0-9])`);
  return [...keep, ...sources].map((source) => new RegExp(source, 'g'));
}

/** Normalises one stream of a transcript; `kept` is what `keptBy` returned for its case. Idempotent. */
export function normalize(text: string, kept: readonly RegExp[] = []): string {
  const saved: string[] = [];
  const hide = (match: string) => {
    saved.push(match);
    return String.fromCharCode(0xe000 + saved.length - 1);
  };
  const hidden = kept.reduce((result, pattern) => result.replace(pattern, hide), text);
  return applyRules(hidden).replace(/[\uE000-\uF8FF]/g, (character) => saved[character.charCodeAt(0) - 0xe000] ?? character);
}

const applyRules = (text: string): string =>
  text
    .split('\n')
    .map((line) => RULES.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), line))
    .join('\n');
