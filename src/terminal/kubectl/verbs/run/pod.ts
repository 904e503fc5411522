import { isEnvVarName } from '../../../../api/machinery/names.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { EnvVar } from '../../../../api/schema/generated/types.ts';
import { UsageError } from '../../errors.ts';
import { integerOf } from '../../writing/int-or-string.ts';
import { parseLabelSpec, parsePairs } from '../../writing/label-spec.ts';
import { typedObject } from '../../writing/typed-object.ts';

export interface PodOptions {
  readonly annotations: readonly string[];
  readonly command: boolean;
  readonly env: readonly string[];
  readonly image: string;
  readonly 'image-pull-policy': string;
  readonly labels: string;
  readonly 'leave-stdin-open': boolean;
  readonly port: string;
  readonly privileged: boolean;
  readonly stdin: boolean;
  readonly tty: boolean;
}

/** The pod of `kubectl run`: one container named as the pod. */
export function generatedPod(name: string, args: readonly string[], restartPolicy: string, options: PodOptions): KubeObject {
  const env = options.env.map(variable);
  const annotations = parsePairs(options.annotations, 'annotations', false).set;
  const labels = options.labels ? parseLabelSpec(options.labels) : { run: name };
  const container = {
    name,
    image: options.image,
    ...(args.length > 0 ? { [options.command ? 'command' : 'args']: args } : {}),
    ports: options.port ? [{ containerPort: integerOf(options.port) }] : [],
    env,
    imagePullPolicy: options['image-pull-policy'],
    securityContext: options.privileged ? { privileged: true } : undefined,
    stdin: options.stdin,
    stdinOnce: options.stdin && !options['leave-stdin-open'],
    tty: options.tty,
  };
  return typedObject({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels, annotations },
    spec: { containers: [container], restartPolicy, dnsPolicy: 'ClusterFirst' },
  });
}

function variable(text: string): EnvVar {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(equals, 0));
  if (equals <= 0 || isEnvVarName(name).length > 0) throw new UsageError(`invalid env: ${text}`);
  return { name, value: text.slice(equals + 1) };
}

/** The service of --expose, on the same port. */
export function generatedService(name: string, options: PodOptions): KubeObject {
  const port = integerOf(options.port);
  const labels = options.labels ? parseLabelSpec(options.labels) : undefined;
  return typedObject({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels },
    spec: { ports: [{ protocol: 'TCP', port, targetPort: port }], selector: labels ?? { run: name } },
  });
}
