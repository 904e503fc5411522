import type { FieldError } from '../../../api/machinery/field-error.ts';
import { FieldPath, invalidValue } from '../../../api/machinery/field-error.ts';
import { baselineChecks } from './baseline.ts';
import type { CheckedPod, Violation } from './check.ts';
import { restrictedChecks } from './restricted.ts';

export type Mode = 'enforce' | 'warn' | 'audit';
export type Level = 'privileged' | 'baseline' | 'restricted';

export interface LevelVersion {
  readonly level: Level;
  /** `latest` or `v1.28`. */
  readonly version: string;
}

const PREFIX = 'pod-security.kubernetes.io/';
const LATEST = 36;
const LEVELS: readonly string[] = ['privileged', 'baseline', 'restricted'];

export const rank = (level: Level): number => LEVELS.indexOf(level);
export const shown = ({ level, version }: LevelVersion): string => `${level}:${version}`;

/** What a namespace's labels ask for. An enforced level that cannot be read is the strictest; a mere warning follows what is enforced. */
export function policyOf(labels: Readonly<Record<string, string>> | undefined, mode: Mode): LevelVersion {
  const level = labels?.[PREFIX + mode];
  const version = labels?.[`${PREFIX}${mode}-version`];
  const read = version && isVersion(version) ? version : 'latest';
  if (mode === 'warn' && level === undefined && LEVELS.includes(labels?.[`${PREFIX}enforce`] ?? '')) {
    const enforce = policyOf(labels, 'enforce');
    return version === undefined ? enforce : { ...enforce, version: read };
  }
  const unread = mode === 'enforce' ? 'restricted' : 'privileged';
  return { level: level === undefined ? 'privileged' : LEVELS.includes(level) ? (level as Level) : unread, version: read };
}

const isVersion = (text: string): boolean => text === 'latest' || /^v1\.\d+$/.test(text);

export function labelFindings(labels: Readonly<Record<string, string>> | undefined): FieldError[] {
  const path = new FieldPath('metadata').child('labels');
  return (['enforce', 'audit', 'warn'] as const).flatMap((mode) => {
    const level = labels?.[PREFIX + mode];
    const version = labels?.[`${PREFIX}${mode}-version`];
    return [
      ...(level === undefined || LEVELS.includes(level)
        ? []
        : [invalidValue(path.key(PREFIX + mode), level, 'must be one of privileged, baseline, restricted')]),
      ...(version === undefined || isVersion(version)
        ? []
        : [invalidValue(path.key(`${PREFIX}${mode}-version`), version, 'must be "latest" or "v1.x"')]),
    ];
  });
}

/** All that a level holds against a pod, in upstream's order. */
export function evaluate({ level, version }: LevelVersion, pod: CheckedPod): Violation[] {
  if (level === 'privileged') return [];
  const minor = version === 'latest' ? LATEST : Number(version.slice(3));
  const held = ({ since = 0 }: { since?: number }) => minor >= since;
  const restricted = level === 'restricted' ? restrictedChecks.filter(held) : [];
  const replaced = new Set(restricted.map(({ replaces }) => replaces));
  const baseline = baselineChecks.filter((check) => held(check) && !replaced.has(check.id));
  return [...baseline, ...restricted].flatMap(({ run }) => run(pod, minor) ?? []);
}
