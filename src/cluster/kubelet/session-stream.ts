import type { UpgradedStream } from '../../api/client/transport.ts';
import type { ExitStatus, Sink, Source } from '../../machine/index.ts';
import { SIGNALS } from '../../machine/processes/signals.ts';
import type { ExecOptions } from './exec-in-container.ts';

/** The two sides of an exec session's pipes. */
export interface StreamEnds {
  readonly stdin: Sink;
  readonly stdout: Source;
  readonly stderr: Source;
  readonly process: ExecOptions;
  finish(): void;
}

export function upgradedFrom(ends: StreamEnds, done: Promise<unknown>, close: () => void): UpgradedStream {
  return {
    stdin: { write: (data) => ends.stdin.write(data), end: () => ends.stdin.end() },
    stdout: chunksOf(ends.stdout),
    stderr: chunksOf(ends.stderr),
    done,
    close,
  };
}

async function* chunksOf(source: Source): AsyncIterable<Uint8Array> {
  for (let chunk = await source.read(); chunk; chunk = await source.read()) yield chunk;
}

/** The Status that closes a session (v4 of the remote command protocol). */
export function exitStatus({ code, signal }: ExitStatus): unknown {
  const number = signal ? 128 + SIGNALS[signal] : code;
  if (number === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: command terminated with exit code ${number}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(number) }] },
  };
}
