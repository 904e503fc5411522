import { describe, expect, test } from 'vitest';
import { defaultPod } from '../../../src/api/kinds/pod/defaults.ts';
import { pullPolicyFor } from '../../../src/api/kinds/pod/pull-policy.ts';
import { qosClass } from '../../../src/api/kinds/pod/qos.ts';
import { podRow } from '../../../src/api/kinds/pod/row.ts';
import { validatePodUpdate } from '../../../src/api/kinds/pod/validation/update.ts';
import type { Pod, PodSpec, PodStatus } from '../../../src/api/schema/generated/types.ts';

const pod = (spec: PodSpec, status: PodStatus = {}): Pod => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec, status });
const one: PodSpec = { containers: [{ name: 'c', image: 'nginx:1.27' }] };
const context = { now: 0, age: () => '5m' };

describe('the row of a pod', () => {
  test.each<[string, Pod, (string | number)[]]>([
    ['pending', pod(one, { phase: 'Pending' }), ['p', '0/1', 'Pending', '0', '5m', '<none>', '<none>', '<none>', '<none>']],
    [
      'crashing',
      pod(one, {
        phase: 'Running',
        containerStatuses: [
          {
            name: 'c',
            image: '',
            imageID: '',
            ready: false,
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 1, finishedAt: '2026-01-01T00:00:00Z' } },
          },
        ],
      }),
      ['p', '0/1', 'CrashLoopBackOff', '3 (5m ago)', '5m', '<none>', '<none>', '<none>', '<none>'],
    ],
    [
      'initializing',
      pod(
        { ...one, initContainers: [{ name: 'i', image: 'busybox' }] },
        {
          phase: 'Pending',
          initContainerStatuses: [{ name: 'i', image: '', imageID: '', ready: false, restartCount: 0, state: { running: {} } }],
        },
      ),
      ['p', '0/1', 'Init:0/1', '0', '5m', '<none>', '<none>', '<none>', '<none>'],
    ],
  ])('%s', (_, given, want) => expect(podRow(given, context)).toEqual(want));
});

test.each([
  ['nginx', 'Always'],
  ['nginx:latest', 'Always'],
  ['nginx:1.27', 'IfNotPresent'],
  ['localhost:5000/nginx', 'Always'],
  ['nginx@sha256:abc', 'IfNotPresent'],
])('the pull policy of %s is %s', (image, want) => expect(pullPolicyFor(image)).toBe(want));

test('defaults', () => {
  const given = pod({ containers: [{ name: 'c', image: 'nginx', resources: { limits: { cpu: '1' } } }], volumes: [{ name: 'v' }] });
  expect(defaultPod(given).spec).toEqual({
    containers: [
      {
        name: 'c',
        image: 'nginx',
        imagePullPolicy: 'Always',
        resources: { limits: { cpu: '1' }, requests: { cpu: '1' } },
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
      },
    ],
    dnsPolicy: 'ClusterFirst',
    enableServiceLinks: true,
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    volumes: [{ name: 'v', emptyDir: {} }],
  });
});

test.each<[string, PodSpec, string]>([
  ['BestEffort', one, 'BestEffort'],
  ['Burstable', { containers: [{ name: 'c', resources: { requests: { cpu: '1' } } }] }, 'Burstable'],
  ['Guaranteed', { containers: [{ name: 'c', resources: { limits: { cpu: '1', memory: '1Gi' } } }] }, 'Guaranteed'],
])('quality of service: %s', (_, spec, want) => expect(qosClass(pod(spec))).toBe(want));

test('an update of the command is refused with the difference', () => {
  const before = defaultPod(pod({ containers: [{ name: 'c', image: 'busybox:1.36', command: ['sleep', '3600'] }] }));
  const after = defaultPod(pod({ containers: [{ name: 'c', image: 'busybox:1.36', command: ['sleep', '7200'] }] }));
  const [error, ...others] = validatePodUpdate(after, before);
  expect(others).toEqual([]);
  expect(error?.message.split('\n').slice(1)).toEqual([
    '@@ -7,7 +7,7 @@',
    '    "Image": "busybox:1.36",',
    '    "Command": [',
    '     "sleep",',
    '-    "3600"',
    '+    "7200"',
    '    ],',
    '    "Args": null,',
    '    "WorkingDir": "",',
    '',
  ]);
  expect(validatePodUpdate({ ...after, spec: { ...one, ...before.spec, containers: before.spec?.containers ?? [] } }, before)).toEqual([]);
});
