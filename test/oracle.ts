import { spawnSync } from 'node:child_process';

const known = new Map<string, string | undefined>();

/** Why a tool cannot serve as oracle here, or undefined when it can. In CI a missing oracle is a failure, since its tests must run. */
export function oracleMissing(tool: string): string | undefined {
  if (!known.has(tool)) known.set(tool, missing(tool));
  const reason = known.get(tool);
  if (reason && process.env.CI) throw new Error(`${reason}; its tests must run in CI, where .ci/run installs it`);
  return reason;
}

function missing(tool: string): string | undefined {
  if (process.platform !== 'linux') return `the oracles are GNU's, and this is ${process.platform}`;
  if (spawnSync('sh', ['-c', 'command -v "$0"', tool]).status !== 0) return `${tool} is not installed`;
  const version = VERSIONS[tool];
  if (!version) return undefined;
  const { stdout } = spawnSync(tool, version.ask, { encoding: 'utf8' });
  return version.fits.test(stdout) ? undefined : `${tool} is another version: ${stdout.split('\n')[0]}`;
}

/** Tools whose answers differ between versions. */
const VERSIONS: Readonly<Record<string, { ask: string[]; fits: RegExp }>> = {
  openssl: { ask: ['version'], fits: /^OpenSSL 3\.0\./ },
  vim: { ask: ['--version'], fits: /Vi IMproved 9/ },
  bash: { ask: ['--version'], fits: /version 5\./ },
};
