import { type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../../../machinery/field-error.ts';
import { isHttpHeaderName } from '../../../machinery/names.ts';
import type { HTTPGetAction, Lifecycle, LifecycleHandler, Probe } from '../../../schema/generated/types.ts';
import { findings, nonNegative, oneOf, portNumberOrName } from '../../field-checks.ts';
import { stopSignals } from './stop-signals.ts';

type Handler = Probe & LifecycleHandler;
type Check = (handler: Handler, at: FieldPath, grace: number | undefined) => FieldError[];

const HANDLERS: readonly (readonly [keyof Handler, Check])[] = [
  ['exec', ({ exec }, at) => (exec?.command?.length ? [] : [required(at.child('command'))])],
  ['httpGet', ({ httpGet }, at) => (httpGet ? httpAction(httpGet, at) : [])],
  ['tcpSocket', ({ tcpSocket }, at) => portNumberOrName(at.child('port'), tcpSocket?.port)],
  ['grpc', ({ grpc }, at) => portNumberOrName(at.child('port'), grpc?.port ?? 0)],
  [
    'sleep',
    ({ sleep }, at, grace) =>
      sleep && grace !== undefined && (sleep.seconds < 0 || sleep.seconds > grace)
        ? [invalidValue(at, sleep.seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`)]
        : [],
  ],
];

const COUNTS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const;

export function validateProbe(kind: 'liveness' | 'readiness' | 'startup', probe: Probe | undefined, path: FieldPath): FieldError[] {
  if (!probe) return [];
  const { terminationGracePeriodSeconds: grace, successThreshold = 1 } = probe;
  const gracePath = path.child('terminationGracePeriodSeconds');
  const errors = [
    ...handlerFindings(probe, path, undefined),
    ...COUNTS.flatMap((field) => nonNegative(path.child(field), probe[field])),
    ...(grace !== undefined && grace <= 0 ? [invalidValue(gracePath, grace, 'must be greater than 0')] : []),
  ];
  if (kind === 'readiness') return grace === undefined ? errors : [...errors, invalidValue(gracePath, grace, 'must not be set for readinessProbes')];
  return successThreshold === 1 ? errors : [...errors, invalidValue(path.child('successThreshold'), successThreshold, 'must be 1')];
}

export function validateLifecycle(
  lifecycle: Lifecycle | undefined,
  path: FieldPath,
  grace: number | undefined,
  os: string | undefined,
): FieldError[] {
  if (!lifecycle) return [];
  const { postStart, preStop, stopSignal } = lifecycle;
  return [
    ...(postStart ? handlerFindings(postStart, path.child('postStart'), grace) : []),
    ...(preStop ? handlerFindings(preStop, path.child('preStop'), grace) : []),
    ...(stopSignal === undefined ? [] : signalFindings(stopSignal, path.child('stopSignal'), os)),
  ];
}

function signalFindings(signal: string, path: FieldPath, os: string | undefined): FieldError[] {
  if (!os) return [forbiddenField(path, 'may not be set for containers with empty `spec.os.name`')];
  return oneOf(path, signal, stopSignals(os));
}

function handlerFindings(handler: Handler, path: FieldPath, grace: number | undefined): FieldError[] {
  const present = HANDLERS.filter(([field]) => handler[field] !== undefined);
  if (present.length === 0) return [required(path, 'must specify a handler type')];
  return present.flatMap(([field, check], i) =>
    i === 0 ? check(handler, path.child(field), grace) : [forbiddenField(path.child(field), 'may not specify more than 1 handler type')],
  );
}

function httpAction({ path, port, scheme, httpHeaders = [] }: HTTPGetAction, at: FieldPath): FieldError[] {
  return [
    ...(path ? [] : [required(at.child('path'))]),
    ...portNumberOrName(at.child('port'), port),
    ...oneOf(at.child('scheme'), scheme, ['HTTP', 'HTTPS']),
    ...httpHeaders.flatMap(({ name }) => findings(at.child('httpHeaders'), name, isHttpHeaderName(name))),
  ];
}
