export { createMachine, type MachineOptions } from './create-machine.ts';
export { createFiles } from './files/create-files.ts';
export { installPrograms, skeleton } from './files/skeleton.ts';
export { type Errno, FileError, type Files, type FileType, type Stat, type WriteOptions } from './files.ts';
export type { Journal, JournalEntry } from './journal.ts';
export type { Hardware, Machine, ProcessTable, StartOptions, Users } from './machine.ts';
export {
  type ByteStream,
  type Connection,
  type DnsAnswer,
  type DnsType,
  type HttpRequest,
  type HttpResponse,
  type Listening,
  type NetworkErrno,
  NetworkError,
  type NetworkPort,
  type Service,
  type TlsServer,
} from './network.ts';
export { connectionTo, createLocalNetwork, hostsLookup, isLoopback, Listeners, streamPair } from './network-local.ts';
export { openSink, openSource } from './open.ts';
export { awoken, type BufferSink, createBuffer, createPipe, emptySource, nullSink, readAll, sourceOf, zeroSource } from './pipe.ts';
export {
  type Credentials,
  ExecError,
  Exit,
  type ExitStatus,
  ForkError,
  Killed,
  type Process,
  type ProcessState,
  type SignalName,
  type SpawnOptions,
} from './process.ts';
export { readChunk, unread, untilDeath } from './processes/guarded-streams.ts';
export { DEFAULT_PATH, findOnPath } from './processes/lookup.ts';
export { SIGNALS, signalNamed } from './processes/signals.ts';
export type { Program, Programs } from './program.ts';
export { BrokenPipe, type Sink, type Source, type Tty, type TtySize } from './streams.ts';
