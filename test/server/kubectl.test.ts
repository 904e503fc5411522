import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { execa, execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedWorld, servedWorld } from './served-world.ts';

const found = execaSync('kubectl', ['version', '--client'], { reject: false }).exitCode === 0;
if (!found && process.env.CI) throw new Error('there is no kubectl on PATH: continuous integration must prove the wire with a real one');

const deployment = (image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: nginx, image: "${image}"}
`;

describe.skipIf(!found)(`a real kubectl${found ? '' : ' (skipped: there is none on PATH)'}`, () => {
  let world: ServedWorld;
  beforeAll(async () => {
    world = await servedWorld();
  }, 60_000);
  afterAll(() => world.close());

  const options = () => ({
    env: { KUBECONFIG: world.kubeconfigPath, HOME: world.directory, PATH: process.env.PATH },
    extendEnv: false,
    reject: false as const,
    cwd: world.directory,
    timeout: 60_000,
  });
  const kubectl = async (args: readonly string[], input = '') => {
    const { stdout, stderr, exitCode } = await execa('kubectl', args, { ...options(), input });
    return { stdout, stderr, exitCode };
  };
  const says = (stdout: string) => ({ stdout, stderr: '', exitCode: 0 });

  test('applies: creates, changes, leaves alone', async () => {
    expect(await kubectl(['apply', '-f', '-'], deployment('nginx:1.27'))).toEqual(says('deployment.apps/web created'));
    expect(await kubectl(['apply', '-f', '-'], deployment('nginx:1.28'))).toEqual(says('deployment.apps/web configured'));
    expect(await kubectl(['apply', '-f', '-'], deployment('nginx:1.28'))).toEqual(says('deployment.apps/web unchanged'));
    expect(await kubectl(['get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.spec.containers[*].image}'])).toEqual(says('nginx:1.28'));
    expect(await kubectl(['rollout', 'status', 'deployment/web', '--watch', '--timeout=60s'])).toMatchObject({ exitCode: 0 });
  }, 120_000);

  test('validates a List and the kinds in it', async () => {
    const list = (kind: string) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind, metadata: { name: 'one' } }] });
    expect(await kubectl(['apply', '-f', '-'], list('ConfigMap'))).toEqual(says('configmap/one created'));
    const unknown = await kubectl(['apply', '-f', '-'], list('Konfig'));
    expect([unknown.exitCode, /no matches for kind "Konfig" in version "v1"/.exec(unknown.stderr)?.length]).toEqual([1, 1]);
  }, 60_000);

  test('executes commands with their input, output, errors and exit code', async () => {
    const run = ['exec', '-i', 'deploy/web', '--', 'sh', '-c', 'read word; echo $word; echo wrong >&2; exit 3'];
    expect(await kubectl(run, 'hello\n')).toEqual({ stdout: 'hello', stderr: 'wrong\ncommand terminated with exit code 3', exitCode: 3 });
  }, 60_000);

  test('copies a file there and back', async () => {
    const pod = (await kubectl(['get', 'pods', '-l', 'app=web', '-o', 'name'])).stdout.replace('pod/', '');
    const bytes = randomBytes(200_000);
    writeFileSync(join(world.directory, 'there'), bytes);
    expect(await kubectl(['cp', 'there', `${pod}:/tmp/file`])).toEqual(says(''));
    expect(await kubectl(['cp', `${pod}:/tmp/file`, 'back'])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(world.directory, 'back')).equals(bytes)).toBe(true);
  }, 60_000);

  test('forwards a port', async () => {
    const forwarding = execa('kubectl', ['port-forward', 'deploy/web', ':80', '--address=127.0.0.1'], options());
    const port = await firstMatch(forwarding.stdout, /127\.0\.0\.1:(\d+)/);
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect([answer.status, (await answer.text()).split('\n')[0]]).toEqual([200, '<!DOCTYPE html>']);
    forwarding.kill();
    await forwarding;
  }, 20_000);

  test('follows logs', async () => {
    const following = execa('kubectl', ['logs', '-f', 'deploy/web'], options());
    expect(await firstMatch(following.stdout, /"GET (\/) HTTP\/1.1" 200/)).toBe('/');
    following.kill();
    await following;
  }, 60_000);

  test('watches what comes and goes', async () => {
    const watching = execa('kubectl', ['get', 'configmaps', '-w', '--output-watch-events'], options());
    let deletion: Promise<unknown> | undefined;
    const event = await firstMatch(watching.stdout, /ADDED +one [\s\S]*(DELETED) +one /, (seen) => {
      if (/ADDED +one /.test(seen)) deletion ??= kubectl(['delete', 'configmap', 'one']);
    });
    expect(event).toBe('DELETED');
    expect(await deletion).toMatchObject({ exitCode: 0 });
    watching.kill();
    await watching;
  }, 60_000);
});

/** What the first group of a pattern catches as soon as the output holds it; the output stays open. */
function firstMatch(output: Readable, pattern: RegExp, meanwhile: (seen: string) => void = () => undefined): Promise<string | undefined> {
  let seen = '';
  return new Promise((resolve) => {
    output.on('end', () => resolve(undefined));
    output.on('data', (chunk) => {
      seen += String(chunk);
      const match = pattern.exec(seen);
      if (match) resolve(match[1]);
      else meanwhile(seen);
    });
  });
}
