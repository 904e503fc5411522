import type { UpgradedStream } from '../../api/client/transport.ts';
import { badRequest, internalError, type StatusError } from '../../api/machinery/status-error.ts';
import { NetworkError } from '../../machine/index.ts';
import { createPipe } from '../../machine/pipe.ts';
import type { ContainerRun } from './container-run.ts';
import type { ContainerSlot } from './container-slot.ts';
import { ExecFailure, execIn } from './exec-in-container.ts';
import type { Kubelet } from './kubelet.ts';
import type { ExecRequest, KubeletApi, LogRequest } from './kubelet-api.ts';
import { readLog } from './log-reader.ts';
import { exitStatus, type StreamEnds, upgradedFrom } from './session-stream.ts';
import { startOnTerminal } from './terminal-session.ts';

/** The kubelet's HTTPS endpoints, as the API server uses them. */
export function createKubeletServer(kubelet: Kubelet): KubeletApi {
  return {
    logs: async (request) => {
      const run = runForLogs(kubelet, request);
      return readLog(run.log, request, kubelet.host.clock.now());
    },
    exec: async (request) => startSession(kubelet, request),
    attach: async (request) => attachSession(kubelet, request),
    portForward: async ({ namespace, pod }) => forward(kubelet, namespace, pod),
  };
}

function slotOf(kubelet: Kubelet, namespace: string, pod: string, container: string): ContainerSlot {
  const worker = kubelet.worker(namespace, pod);
  const slot = worker?.slots.find((s) => s.name === container);
  if (!worker) throw badRequest(`pod "${pod}" cannot be found - no logs available`);
  if (!slot) throw badRequest(`container "${container}" in pod "${pod}" is not available`);
  return slot;
}

function runForLogs(kubelet: Kubelet, { namespace, pod, container, previous }: LogRequest): ContainerRun {
  const slot = slotOf(kubelet, namespace, pod, container);
  const waiting = slot.state.waiting;
  if (previous) {
    const run = waiting && slot.lastState.terminated ? slot.run : slot.previous;
    if (!run) throw badRequest(`previous terminated container "${container}" in pod "${pod}" not found`);
    return run;
  }
  if (slot.run) return slot.run;
  throw badRequest(`container "${container}" in pod "${pod}" is waiting to start: ${whyWaiting(waiting?.reason)}`);
}

function whyWaiting(reason: string | undefined): string {
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : (reason ?? 'ContainerCreating');
}

function runningOf(kubelet: Kubelet, { namespace, pod, container }: ExecRequest): ContainerRun {
  const slot = kubelet.worker(namespace, pod)?.slots.find((s) => s.name === container);
  if (!slot?.run || !slot.running) throw containerNotFound(container);
  return slot.run;
}

/** As the API server passes on the kubelet's answer to an upgrade. */
const containerNotFound = (container: string): StatusError => internalError(`unable to upgrade connection: container not found ("${container}")`);

function startSession(kubelet: Kubelet, request: ExecRequest): UpgradedStream {
  const run = runningOf(kubelet, request);
  const { createTerminal } = kubelet.host;
  if (request.tty && createTerminal) return startOnTerminal(run, request, createTerminal);
  const ends = sessionEnds(request);
  try {
    const process = execIn(run, request.command, ends.process);
    process.exited.then(() => ends.finish());
    return upgradedFrom(ends, process.exited.then(exitStatus), () => run.machine.processes.kill(process.pid, 'SIGKILL'));
  } catch (error) {
    if (!(error instanceof ExecFailure)) throw error;
    ends.finish();
    const message = `command terminated with exit code ${error.code}`;
    const detail = `error executing command in container: failed to exec in container: failed to start exec "${kubelet.host.random.hex(64)}": ${error.message}`;
    return upgradedFrom(ends, Promise.resolve(internalStatus(detail, message)), () => undefined);
  }
}

const internalStatus = (detail: string, _message: string) => ({
  metadata: {},
  status: 'Failure',
  message: detail,
  reason: 'InternalError',
  code: 500,
});

function sessionEnds(request: Pick<ExecRequest, 'stdin' | 'tty'>): StreamEnds {
  const stdin = createPipe();
  const stdout = createPipe();
  const stderr = createPipe();
  if (!request.stdin) stdin.sink.end();
  return {
    stdin: stdin.sink,
    stdout: stdout.source,
    stderr: stderr.source,
    process: { stdin: stdin.source, stdout: stdout.sink, stderr: request.tty ? stdout.sink : stderr.sink },
    finish: () => {
      stdout.sink.end();
      stderr.sink.end();
    },
  };
}

function attachSession(kubelet: Kubelet, request: ExecRequest): UpgradedStream {
  const run = runningOf(kubelet, request);
  const stop = new AbortController();
  return {
    ...(request.stdin && run.input ? { stdin: inputOf(run) } : {}),
    stdout: run.output.stdout.listen(stop.signal),
    stderr: run.output.stderr.listen(stop.signal),
    ...(run.terminal ? { resize: (columns: number, rows: number) => run.terminal?.resize(columns, rows) } : {}),
    done: run.exited.then(exitStatus),
    close: () => stop.abort(),
  };
}

/** What an attached client types: keys for a terminal, bytes for a pipe. */
function inputOf({ terminal, input }: ContainerRun) {
  const decoder = new TextDecoder();
  if (terminal) return { write: async (data: Uint8Array) => terminal.input(decoder.decode(data, { stream: true })), end: () => undefined };
  return { write: async (data: Uint8Array) => input?.sink.write(data), end: () => input?.sink.end() };
}

function forward(kubelet: Kubelet, namespace: string, pod: string): UpgradedStream {
  const worker = kubelet.worker(namespace, pod);
  const owner = worker?.namespace;
  if (!worker || !owner)
    throw badRequest(`unable to forward port because pod is not running. Current status=${worker?.pod.status?.phase ?? 'Unknown'}`);
  const run = worker.slots.find((s) => s.running)?.run;
  return {
    connect: async (port) => {
      const connection = await run?.machine.network.connect({ host: '127.0.0.1', port }).catch((error: unknown) => {
        if (!(error instanceof NetworkError)) throw error;
        throw internalError(
          `failed to connect to localhost:${port} inside namespace "${kubelet.host.random.hex(64)}", IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused`,
        );
      });
      if (!connection) throw internalError('no running container');
      const stream = connection.stream();
      return { read: readAll(stream), write: (data) => stream.write(data), end: () => stream.end() };
    },
    close: () => undefined,
  };
}

async function* readAll(stream: { read(): Promise<Uint8Array | null> }): AsyncIterable<Uint8Array> {
  for (let chunk = await stream.read(); chunk; chunk = await stream.read()) yield chunk;
}
