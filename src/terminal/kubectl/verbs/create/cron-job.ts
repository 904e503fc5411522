import { string } from '../../flags/flag.ts';
import { defineGenerator } from './generator.ts';
import { commandOf } from './pod-containers.ts';

export const createCronJob = defineGenerator({
  name: 'cronjob',
  aliases: ['cj'],
  failure: 'failed to create cronjob: ',
  flags: {
    image: string('', 'Image to run.', { required: true }),
    restart: string('', "Restart policy of the job's pods: OnFailure or Never.", { values: ['OnFailure', 'Never'] }),
    schedule: string('', 'When to run, in cron format.', { required: true }),
  },
  help: {
    usage: "cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
    short: 'Create a cron job with the specified name',
    examples: [
      ['Every minute', 'kubectl create cronjob my-job --image=busybox --schedule="*/1 * * * *"'],
      ['With a command', 'kubectl create cronjob my-job --image=busybox --schedule="*/1 * * * *" -- date'],
    ],
  },
  build(kubectl, name, { image, schedule, restart }) {
    const pod = { containers: [{ name, image, command: commandOf(kubectl) }], restartPolicy: restart || 'OnFailure' };
    const jobTemplate = { metadata: { name }, spec: { template: { spec: pod } } };
    return { apiVersion: 'batch/v1', kind: 'CronJob', spec: { schedule, jobTemplate } };
  },
});
