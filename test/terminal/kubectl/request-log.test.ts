import { expect, it } from 'vitest';
import { createWorld } from './run-kubectl.ts';

it('tells requests from -v=6 on', async () => {
  const { run } = createWorld();
  expect((await run(['get', 'pods', '-v=5'])).stderr).toBe('No resources found in default namespace.\n');
  expect((await run(['get', 'pods', '-v=6'])).stderr).toMatch(
    /^(I0102 03:04:\d\d\.\d{6} +\d+ round_trippers\.go:632\] "Response" verb="GET" url="https:\/\/localhost:6443\/\S*" status="200 OK" milliseconds=\d+\n)+No resources/,
  );
});
