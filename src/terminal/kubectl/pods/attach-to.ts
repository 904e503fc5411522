import type { Pod } from '../../../api/schema/generated/types.ts';
import { CodedError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';
import { containerOrDefault, findContainer } from './containers.ts';
import { runSession } from './session.ts';

interface AttachOptions {
  readonly container: string;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly quiet: boolean;
}

/** Joins a container's streams until it or the user ends them. */
export async function attachTo(kubectl: Invocation, pod: Pod, options: AttachOptions): Promise<void> {
  const { stdin, quiet } = options;
  const container = await containerOrDefault(kubectl, pod, options.container, quiet);
  const tty = findContainer(pod, container)?.tty ?? false;
  if (options.tty && !tty && !quiet) await kubectl.error(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
  if (!quiet) {
    await kubectl.error(
      "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n",
    );
  }
  const { name = '', namespace = '' } = pod.metadata ?? {};
  await ignoringExitCode(runSession(kubectl, { verb: 'attach', namespace, pod: name, container, stdin, tty: tty && stdin, quiet }));
  if (quiet || !stdin || !tty || !kubectl.process.stdin.tty) return;
  const again = `kubectl attach ${name} -c ${container} -n ${namespace} -i -t`;
  const ephemeral = pod.spec?.ephemeralContainers?.some((one) => one.name === container);
  await kubectl.print(
    ephemeral
      ? `Session ended, the ephemeral container will not be restarted but may be reattached using '${again}' if it is still running\n`
      : `Session ended, resume using '${again}' command\n`,
  );
}

/** An attachment ends with its container, however that ended. */
async function ignoringExitCode(session: Promise<void>): Promise<void> {
  try {
    await session;
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
  }
}
