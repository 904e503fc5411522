export { createMachine } from './create-machine.ts';
export { createFiles } from './files/create-files.ts';

export { FileError, type Files, type Stat } from './files.ts';

export type { Hardware, Machine } from './machine.ts';
export {
  type ByteStream,
  type Connection,
  type DnsAnswer,
  type DnsType,
  type HttpRequest,
  type HttpResponse,
  type Listening,
  NetworkError,
  type NetworkPort,
  type Service,
  type TlsServer,
} from './network.ts';

export { openSink, openSource } from './open.ts';
export { awoken, createBuffer, createPipe, emptySource, sourceOf } from './pipe.ts';
export {
  type Credentials,
  ExecError,
  Exit,
  type ExitStatus,
  ForkError,
  Killed,
  type Process,
  type SignalName,
  type SpawnOptions,
} from './process.ts';
export { readChunk, unread, untilDeath } from './processes/guarded-streams.ts';
export { DEFAULT_PATH, findOnPath } from './processes/lookup.ts';
export { SIGNALS, signalNamed } from './processes/signals.ts';
export type { Program, Programs } from './program.ts';
export { BrokenPipe, type Sink, type Source, type Tty, type TtySize } from './streams.ts';
