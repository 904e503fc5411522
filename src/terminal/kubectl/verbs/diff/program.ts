import { ExecError } from '../../../../machine/index.ts';
import { SilentExit, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';

/** Runs diff, or what KUBECTL_EXTERNAL_DIFF names; its exit code 1 becomes kubectl's. */
export async function runDiffProgram(kubectl: Invocation, from: string, to: string): Promise<number> {
  const argv = [...diffCommand(kubectl.process.env.get('KUBECTL_EXTERNAL_DIFF') ?? ''), from, to];
  const name = argv[0] ?? '';
  const code = await exitCode(kubectl, argv);
  if (code === 0) return 0;
  if (code === 1) throw new SilentExit(1);
  throw new UsageError(`failed to run ${JSON.stringify(name)}: exit status ${code}`);
}

/** Only plain options of the external program are taken over. */
function diffCommand(external: string): string[] {
  if (!external) return ['diff', '-u', '-N'];
  const [program = '', ...options] = external.split(' ');
  return [program, ...options.filter((option) => /^[a-zA-Z0-9=-]+$/.test(option))];
}

async function exitCode(kubectl: Invocation, argv: readonly string[]): Promise<number> {
  const name = argv[0] ?? '';
  try {
    return (await kubectl.process.spawn({ argv }).exited).code;
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    const reason = error.code === 127 && !name.includes('/') ? 'executable file not found in $PATH' : error.message;
    throw new UsageError(`failed to run ${JSON.stringify(name)}: ${reason}`);
  }
}
