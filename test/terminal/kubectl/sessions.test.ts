import { expect, it } from 'vitest';
import { openWorld } from '../../../src/trainer/world/run-shell.ts';
import { openTerminal } from '../../../src/trainer/world/terminal.ts';

type Step = string | number;

/** What a candidate's terminal has shown after keys were typed and milliseconds went by. */
async function shown(steps: readonly Step[]): Promise<string> {
  const world = await openWorld({ seed: 1, flavour: 'kubeadm' });
  const terminal = openTerminal(world.host, 'candidate', { columns: 100, rows: 30 }, '');
  let text = '';
  terminal.onOutput((more) => {
    text += more;
  });
  await world.clock.advance(500);
  for (const step of steps) {
    if (typeof step === 'string') terminal.input(step);
    await world.clock.advance(typeof step === 'number' ? step : 400);
  }
  return text.replace(/\x1b\[[?\d;]*[A-Za-z]/g, '').replaceAll('\r', '');
}

it('gives a container with a tty a terminal, and its client the shell on it', async () => {
  const text = await shown(['k run -it --rm t --image=busybox -- sh\r', 10_000, 'hostname; stty size\r', 'sleep 50\r', '\x03', 'exit\r', 40_000]);
  expect(text).toMatch(/\/ # hostname; stty size\nt\n30 100\n/);
  expect(text).toMatch(/sleep 50\n\^C\n\/ # /);
  expect(text).toContain('/ # exit\nSession ended, resume using');
  expect(text).toContain('pod "t" deleted from default namespace\n');
}, 20_000);

it('prompts as the shell of the image does', async () => {
  const text = await shown(['k run y --image=nginx\r', 6_000, 'k exec -it y -- sh\r', 'id -u\r', '\x04', 'echo "<$?>"\r']);
  expect(text).toMatch(/# id -u\n(# id -u\n)?0\n# \n/);
  expect(text).toContain('\n<0>\n');
}, 20_000);

it('carries requests and files to and from a pod', async () => {
  const text = await shown([
    'k run y --image=nginx\r',
    6_000,
    'k port-forward pod/y 8080:80 &\r',
    'curl -sI localhost:8080 | head -1\r',
    'kill %1; k cp .bashrc y:/tmp/a; k cp y:/tmp/a b; cmp .bashrc b && echo same\r',
  ]);
  expect(text).toContain('Forwarding from 127.0.0.1:8080 -> 80\nForwarding from [::1]:8080 -> 80\n');
  expect(text).toContain('Handling connection for 8080\n');
  expect(text).toContain('HTTP/1.1 200 OK\n');
  expect(text).toMatch(/echo same\n(tar: Removing leading `\/' from member names\n|\[1\]\+ .*\n)*same\n/);
}, 20_000);

it('stops an editor and lets it go on', async () => {
  const text = await shown(['vim f.yaml\r', 'ia: 1\x1b', '\x1a', 'jobs\r', 'fg\r', 'ob: 2\x1b:wq\r', 'cat f.yaml\r']);
  expect(text).toContain('[1]+  Stopped                 vim f.yaml\n');
  expect(text).toContain('cat f.yaml\na: 1\nb: 2\n');
}, 20_000);
