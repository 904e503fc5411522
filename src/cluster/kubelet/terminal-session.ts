import type { UpgradedStream } from '../../api/client/transport.ts';
import type { CreateTerminal } from '../cluster-contract.ts';
import { Broadcast } from './broadcast.ts';
import type { ContainerRun } from './container-run.ts';
import { ExecFailure, execIn } from './exec-in-container.ts';
import type { ExecRequest } from './kubelet-api.ts';
import { exitStatus } from './session-stream.ts';

const decoder = new TextDecoder();

/** `exec -t`: the process gets a terminal of its own, whose keys and screen are the session's streams. */
export function startOnTerminal(run: ContainerRun, { command, stdin }: ExecRequest, createTerminal: CreateTerminal): UpgradedStream {
  const { processes } = run.machine;
  const terminal = createTerminal({ kill: (pgid, signal) => processes.kill(-pgid, signal) });
  const screen = new Broadcast(() => run.machine.clock.now());
  const shown = screen.listen();
  const first = shown[Symbol.asyncIterator]();
  const next = first.next();
  terminal.onOutput((text) => screen.push(text));
  const done = start();
  return {
    ...(stdin ? { stdin: { write: async (data: Uint8Array) => terminal.input(decoder.decode(data)), end: () => undefined } } : {}),
    stdout: resumed(next, first),
    resize: (columns, rows) => terminal.resize(columns, rows),
    done,
    close: () => terminal.hangUp(),
  };

  async function start(): Promise<unknown> {
    try {
      const process = execIn(run, command, { stdin: terminal.source, stdout: terminal.sink, stderr: terminal.sink, tty: terminal });
      terminal.foreground = process.pgid;
      return exitStatus(await process.exited);
    } catch (error) {
      if (!(error instanceof ExecFailure)) throw error;
      return { metadata: {}, status: 'Failure', message: error.message, reason: 'InternalError', code: 500 };
    } finally {
      screen.end();
    }
  }
}

/** A listener hears only what comes after it began to listen: its first step was taken beforehand. */
async function* resumed(first: Promise<IteratorResult<Uint8Array>>, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  for (let step = await first; !step.done; step = await rest.next()) yield step.value;
}
