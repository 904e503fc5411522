import { all, type ClusterView, equal, grader } from '../../src/trainer/grading/index.ts';

export default grader({
  finished: (c) => {
    const { parts } = c.vars;
    return all(
      () => jobOf(c).has('status.succeeded', parts),
      () => jobOf(c).where('condition Complete', 'True', ({ status }) => conditionsOf(status).find(({ type }) => type === 'Complete')?.status),
    );
  },
  'each-part-once': async (c) => {
    const { ns = '', job = '', parts } = c.vars;
    const pods = c.list('Pod', { namespace: ns, labels: `batch.kubernetes.io/job-name=${job}` });
    const logs = await Promise.all(pods.map(({ metadata }) => c.logs(ns, metadata.name ?? '')));
    const wanted = [...Array(Number(parts)).keys()].map((part) => `part ${part} of ${parts}: done`);
    const done = logs.flatMap((log) => log.split('\n').filter((line) => line.endsWith('done'))).sort();
    return equal(`job/${job} -n ${ns}`, 'logs', wanted, done, `kubectl -n ${ns} logs -l batch.kubernetes.io/job-name=${job} --prefix`);
  },
  numbers: (c) => {
    const { parts, atOnce } = c.vars;
    return all(
      () => jobOf(c).has('spec.completions', parts),
      () => jobOf(c).has('spec.parallelism', atOnce),
    );
  },
  limits: (c) => {
    const { retries, seconds } = c.vars;
    return all(
      () => jobOf(c).has('spec.backoffLimit', retries),
      () => jobOf(c).has('spec.activeDeadlineSeconds', seconds),
    );
  },
  'failed-pods-stay': (c) => jobOf(c).has('spec.template.spec.restartPolicy', 'Never'),
});

const jobOf = (c: ClusterView) => c.get('Job', c.vars.job ?? '', c.vars.ns);

const conditionsOf = (status: unknown) => (status as { conditions?: readonly { type: string; status: string }[] } | undefined)?.conditions ?? [];
