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
export { type Credentials, ExecError, Exit, type ExitStatus, Killed, type Process, type SignalName, type SpawnOptions } from './process.ts';
export type { Program, Programs } from './program.ts';
export { BrokenPipe, type Sink, type Source, type Tty, type TtySize } from './streams.ts';
