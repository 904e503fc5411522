import type { CronJob } from '../../../../api/schema/generated/types.ts';
import { UsageError } from '../../errors.ts';
import { string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { selectAll } from '../../resource/selection.ts';
import { type Draft, defineGenerator } from './generator.ts';
import { commandOf } from './pod-containers.ts';

export const createJob = defineGenerator({
  name: 'job',
  failure: 'failed to create job: ',
  flags: {
    from: string('', 'Cron job whose template the job gets: cronjob/NAME.'),
    image: string('', 'Image to run.'),
  },
  help: {
    usage: 'job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
    short: 'Create a job with the specified name',
    examples: [
      ['A job', 'kubectl create job my-job --image=busybox'],
      ['With a command', 'kubectl create job my-job --image=busybox -- date'],
      ['From a cron job', 'kubectl create job test-job --from=cronjob/a-cronjob'],
    ],
  },
  build(kubectl, name, { image, from }) {
    const command = commandOf(kubectl);
    if (Boolean(image) === Boolean(from)) throw new UsageError('either --image or --from must be specified');
    if (command && from) throw new UsageError('cannot specify --from and command');
    if (from) return jobFromCronJob(kubectl, from);
    const spec = { template: { spec: { containers: [{ name, image, command }], restartPolicy: 'Never' } } };
    return { apiVersion: 'batch/v1', kind: 'Job', spec };
  },
});

async function jobFromCronJob(kubectl: Invocation, from: string): Promise<Draft> {
  const infos = await selectAll(kubectl, { args: [from] });
  const [info] = infos;
  if (!info || infos.length > 1) throw new UsageError('from must be an existing cronjob');
  if (info.object.kind !== 'CronJob') throw new UsageError(`unknown object type *${info.object.apiVersion.replace('/', '')}.${info.object.kind}`);
  const { metadata, spec } = info.object as unknown as CronJob;
  const template = spec?.jobTemplate;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...template?.metadata?.annotations },
      labels: template?.metadata?.labels,
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: metadata?.name, uid: metadata?.uid, controller: true }],
    },
    spec: template?.spec,
  };
}
