import { duplicate, type FieldError, type FieldPath, invalidValue, required, tooLong } from '../../../machinery/field-error.ts';
import { isValidUserId } from '../../../machinery/names.ts';
import type { AppArmorProfile, PodSecurityContext, PodSpec, SeccompProfile, SecurityContext } from '../../../schema/generated/types.ts';
import { findings, oneOf, requiredOneOf } from '../../field-checks.ts';
import { internalForm, invalidStruct } from '../../internal-form.ts';
import { localDescendingPath } from './paths.ts';

const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const SYSCTL = '([a-z0-9][-_a-z0-9]*[/\\.])*[a-z0-9][-_a-z0-9]*';
const SYSCTL_SHOWN = '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$';

const id = (path: FieldPath, value: number | undefined): FieldError[] => (value === undefined ? [] : findings(path, value, isValidUserId(value)));

export function validateContainerSecurity(context: SecurityContext | undefined, path: FieldPath, hostUsers: boolean): FieldError[] {
  if (!context) return [];
  return [
    ...id(path.child('runAsUser'), context.runAsUser),
    ...id(path.child('runAsGroup'), context.runAsGroup),
    ...procMount(context, path.child('procMount'), hostUsers),
    ...seccomp(context.seccompProfile, path.child('seccompProfile')),
    ...escalation(context, path),
    ...appArmor(context.appArmorProfile, path.child('appArmorProfile')),
  ];
}

export function validatePodSecurity(spec: PodSpec, path: FieldPath): FieldError[] {
  const context = spec.securityContext ?? {};
  return [
    ...id(path.child('fsGroup'), context.fsGroup),
    ...id(path.child('runAsUser'), context.runAsUser),
    ...id(path.child('runAsGroup'), context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((group, i) => id(path.child('supplementalGroups').index(i), group)),
    ...(spec.shareProcessNamespace && spec.hostPID
      ? [invalidValue(path.child('shareProcessNamespace'), true, 'ShareProcessNamespace and HostPID cannot both be enabled')]
      : []),
    ...sysctls(context.sysctls ?? [], path.child('sysctls')),
    ...optional(path.child('fsGroupChangePolicy'), context.fsGroupChangePolicy, ['Always', 'OnRootMismatch']),
    ...seccomp(context.seccompProfile, path.child('seccompProfile')),
    ...appArmor(context.appArmorProfile, path.child('appArmorProfile')),
    ...optional(path.child('supplementalGroupsPolicy'), context.supplementalGroupsPolicy, ['Merge', 'Strict']),
    ...optional(path.child('seLinuxChangePolicy'), context.seLinuxChangePolicy, ['MountOption', 'Recursive']),
  ];
}

const optional = (path: FieldPath, value: string | undefined, supported: readonly string[]): FieldError[] =>
  value === undefined ? [] : oneOf(path, value, supported);

function procMount({ procMount: value }: SecurityContext, path: FieldPath, hostUsers: boolean): FieldError[] {
  if (value === undefined) return [];
  const unmasked = hostUsers && value === 'Unmasked' ? [invalidValue(path, value, '`hostUsers` must be false to use `Unmasked`')] : [];
  return [...oneOf(path, value, ['Default', 'Unmasked']), ...unmasked];
}

function escalation(context: SecurityContext, path: FieldPath): FieldError[] {
  if (context.allowPrivilegeEscalation !== false) return [];
  const shown = internalForm('SecurityContext', context);
  const hasAdmin = context.capabilities?.add?.includes('CAP_SYS_ADMIN');
  return [
    ...(context.privileged ? [invalidStruct(path, shown, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true')] : []),
    ...(hasAdmin ? [invalidStruct(path, shown, 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN')] : []),
  ];
}

function seccomp(profile: SeccompProfile | undefined, path: FieldPath): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile: local } = profile;
  const typeErrors = type ? oneOf(path.child('type'), type, PROFILES) : [required(path.child('type'), 'type is required when seccompProfile is set')];
  const at = path.child('localhostProfile');
  if (type !== 'Localhost')
    return local === undefined
      ? typeErrors
      : [...typeErrors, invalidStruct(at, internalForm('SeccompProfile', profile), 'can only be set when seccomp type is Localhost')];
  return [...typeErrors, ...(local === undefined ? [required(at, 'must be set when seccomp type is Localhost')] : localDescendingPath(at, local))];
}

function appArmor(profile: AppArmorProfile | undefined, path: FieldPath): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile: local } = profile;
  const at = path.child('localhostProfile');
  if (!type) return [required(path.child('type'), 'type is required when appArmorProfile is set')];
  if (type !== 'Localhost')
    return [
      ...requiredOneOf(path.child('type'), type, PROFILES),
      ...(local !== undefined && PROFILES.includes(type) ? [invalidValue(at, local, 'can only be set when AppArmor type is Localhost')] : []),
    ];
  if (local === undefined || local === '') return [required(at, 'must be set when AppArmor type is Localhost')];
  return [
    ...(local.trim() === local ? [] : [invalidValue(at, local, 'must not be padded with whitespace')]),
    ...(local.length > 4095 ? [tooLong(at, 4095)] : []),
  ];
}

function sysctls(list: NonNullable<PodSecurityContext['sysctls']>, path: FieldPath): FieldError[] {
  const names = new Set<string>();
  return list.flatMap(({ name }, i) => {
    const at = path.index(i).child('name');
    const repeated = names.has(name);
    names.add(name);
    if (!name) return [required(at)];
    if (name.length > 253 || !new RegExp(`^${SYSCTL}$`).test(name))
      return [invalidValue(at, name, `must have at most 253 characters and match regex ${SYSCTL_SHOWN}`)];
    return repeated ? [duplicate(at, name)] : [];
  });
}
