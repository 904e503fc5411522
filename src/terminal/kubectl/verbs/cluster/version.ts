import { toYaml } from '../../../../api/machinery/yaml.ts';
import { defineVerb } from '../../define-verb.ts';
import { ServerUnreachable, UsageError } from '../../errors.ts';
import { bool, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';

const client = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.2',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-06-10T00:00:00Z',
  goVersion: 'go1.26.4',
  compiler: 'gc',
  platform: 'linux/amd64',
};
const kustomizeVersion = 'v5.8.1';

export const version = defineVerb({
  name: 'version',
  group: 'Other Commands',
  flags: {
    client: bool('', 'Only the version of kubectl itself; no server is needed.'),
    output: string('o', "'yaml' or 'json'.", { values: ['json', 'yaml'] }),
  },
  help: { usage: 'version', short: 'Print the client and server version information', examples: [['Both versions', 'kubectl version']] },
  validate(kubectl, options) {
    if (kubectl.args.length > 0) throw new UsageError(`extra arguments: [${kubectl.args.join(' ')}]`);
    if (!['', 'yaml', 'json'].includes(options.output)) throw new UsageError("--output must be 'yaml' or 'json'");
  },
  async run(kubectl, options) {
    const { server, failure } = options.client ? { server: undefined, failure: undefined } : await serverVersion(kubectl);
    const info = { clientVersion: client, kustomizeVersion, ...(server ? { serverVersion: server } : {}) };
    if (options.output === 'json') await kubectl.print(`${JSON.stringify(info, null, 2)}\n`);
    else if (options.output === 'yaml') await kubectl.print(`${toYaml(info)}\n`);
    else {
      const ours = `Client Version: ${client.gitVersion}\nKustomize Version: ${kustomizeVersion}\n`;
      await kubectl.print(`${ours}${server ? `Server Version: ${String(server.gitVersion)}\n` : ''}`);
    }
    if (failure) throw failure;
    return undefined;
  },
});

async function serverVersion(kubectl: Invocation): Promise<{ server?: Record<string, unknown>; failure?: Error }> {
  try {
    return { server: { ...(await kubectl.api.get('/version')) } };
  } catch (failure) {
    if (failure instanceof ServerUnreachable || failure instanceof Error) return { failure };
    throw failure;
  }
}
