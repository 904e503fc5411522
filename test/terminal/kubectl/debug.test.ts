import { expect, it } from 'vitest';
import { createWorld } from './run-kubectl.ts';

async function withPod() {
  const world = createWorld();
  await world.run(['run', 'web', '--image=nginx', '--labels=app=web,tier=front', '--annotations=note=x']);
  return world;
}

it.each<[string, string[], string]>([
  ['no image', ['web'], 'error: you must specify --image when not using --copy-to.\n'],
  ['no name', ['--image=busybox'], 'error: NAME or filename is required for debug\n'],
  ['a copy of nothing', ['web', '--copy-to=b'], 'error: you must specify --image, --set-image or command arguments.\n'],
  [
    'arguments for no container',
    ['web', '--copy-to=b', '--', 'sh'],
    'error: you must specify an existing container or a new image when specifying args.\n',
  ],
  ['--replace alone', ['web', '--image=busybox', '--replace'], 'error: --replace may only be used with --copy-to.\n'],
  ['--set-image alone', ['web', '--image=busybox', '--set-image=web=a'], 'error: --set-image may only be used with --copy-to.\n'],
  ['a tty without input', ['web', '--image=busybox', '-t'], 'error: -i/--stdin is required for containers with -t/--tty=true\n'],
  ['a strange image', ['web', '--image=A B'], 'error: invalid image name "A B": invalid reference format\n'],
  ['an unknown profile', ['web', '--image=busybox', '--profile=x'], 'error: unknown profile: x\n'],
  ['an unknown pod', ['nope', '--image=busybox'], 'Error from server (NotFound): pods "nope" not found\n'],
  ['another kind', ['service/kubernetes', '--image=busybox'], 'error: "/v1, Kind=Service" not supported by debug\n'],
  [
    'a broken variable',
    ['web', '--image=busybox', '--env=a'],
    'error: invalid argument "a" for "--env" flag: a must be formatted as key=value\nSee \'kubectl debug --help\' for usage.\n',
  ],
])('refuses %s', async (_, args, stderr) => {
  const { run } = await withPod();
  await run(['create', 'service', 'clusterip', 'kubernetes', '--tcp=80']);
  expect(await run(['debug', ...args])).toEqual({ code: 1, stdout: '', stderr });
});

const show = async (run: Awaited<ReturnType<typeof withPod>>['run'], pod: string, path: string) =>
  JSON.parse((await run(['get', 'pod', pod, '-o', `jsonpath={${path}}`])).stdout || 'null');

it('puts an ephemeral container into a pod', async () => {
  const { run } = await withPod();
  const done = await run(['debug', 'web', '--image=busybox', '--target=web', '--env=A=1,B=2', '--', 'sleep', '1d']);
  expect(done.stderr).toBe('');
  expect(done.stdout).toMatch(/^Targeting container "web"\. .*\nDefaulting debug container name to debugger-[a-z0-9]{5}\.\n$/);
  expect(await show(run, 'web', '.spec.ephemeralContainers[0]')).toMatchObject({
    image: 'busybox',
    command: ['sleep', '1d'],
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
    targetContainerName: 'web',
    securityContext: { capabilities: { add: ['SYS_PTRACE'] } },
  });
});

it.each<[string, unknown]>([
  ['baseline', null],
  [
    'restricted',
    { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } },
  ],
  ['netadmin', { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } }],
  ['sysadmin', { privileged: true }],
])('equips it by the profile %s', async (profile, want) => {
  const { run } = await withPod();
  await run(['debug', 'web', '-c', 'd', '--image=busybox', `--profile=${profile}`]);
  expect(await show(run, 'web', '.spec.ephemeralContainers[0].securityContext')).toEqual(want);
});

it('copies a pod, without what would confuse the two', async () => {
  const { run } = await withPod();
  expect(await run(['debug', 'web', '--copy-to=copy', '-c', 'd', '--image=busybox', '--', 'sh'])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await show(run, 'copy', '.metadata.labels')).toBeNull();
  expect(await show(run, 'copy', '.spec.shareProcessNamespace')).toBe(true);
  expect(await show(run, 'copy', '.spec.containers')).toMatchObject([
    { name: 'web', image: 'nginx' },
    { name: 'd', image: 'busybox', command: ['sh'] },
  ]);
  await run(['debug', 'web', '--copy-to=other', '--set-image=*=httpd']);
  expect(await show(run, 'other', '.spec.containers')).toMatchObject([{ name: 'web', image: 'httpd' }]);
});

it('lays a partial container over the profile', async () => {
  const { run, machine } = await withPod();
  machine.files.write('/root/part.yaml', 'securityContext:\n  runAsUser: 0\n');
  await run(['debug', 'web', '-c', 'd', '--image=busybox', '--custom=part.yaml']);
  expect(await show(run, 'web', '.spec.ephemeralContainers[0].securityContext')).toEqual({ runAsUser: 0, capabilities: { add: ['SYS_PTRACE'] } });
  machine.files.write('/root/part.yaml', 'image: x\n');
  expect((await run(['debug', 'web', '-c', 'e', '--image=busybox', '--custom=part.yaml'])).stderr).toBe(
    'error: name, command, image, lifecycle and volume devices are not modifiable via custom profile\n',
  );
});
