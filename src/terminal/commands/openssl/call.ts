import type { Random } from '../../../clock/index.ts';
import { BrokenPipe, Exit, FileError, type Process } from '../../../machine/index.ts';
import { openInput, readAll } from '../input.ts';

/** One of openssl's own commands. */
export interface Subcommand {
  readonly names: readonly string[];
  /** `in=` takes a value, `noout` none. */
  readonly options: string;
  /** What an unknown option is taken for: the name of a digest. */
  readonly digests?: 'checked' | 'unchecked';
  run(call: Call): number | Promise<number>;
}

export interface Given {
  readonly name: string;
  readonly value: string;
}

/** A subcommand at work. */
export interface Call {
  readonly process: Process;
  readonly name: string;
  /** In the order of the command line, which is the order of the output. */
  readonly given: readonly Given[];
  readonly operands: readonly string[];
  /** The digest named by an option. */
  readonly digest: string | undefined;
  /** Differs for each process, the same for the same world. */
  readonly random: Random;
  has(name: string): boolean;
  value(name: string): string | undefined;
  values(name: string): string[];
}

/** Ends the command with this text on stderr. */
export class OpensslFailure extends Error {
  override readonly name = 'OpensslFailure';
  readonly status: number;

  constructor(text: string, status = 1) {
    super(text);
    this.status = status;
  }
}

export const DIGESTS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

const usageFailure = (name: string, message: string): OpensslFailure => new OpensslFailure(`${name}: ${message}\n${name}: Use -help for summary.\n`);

export function readCall(command: Subcommand, process: Process, name: string, args: readonly string[]): Call {
  const specs = new Map(command.options.split(' ').map((word) => [word.replace(/=$/, ''), word.endsWith('=')]));
  const given: Given[] = [];
  let digest: string | undefined;
  const rest = [...args];
  while (rest[0]?.startsWith('-') && rest[0] !== '-') {
    const word = rest.shift() ?? '';
    if (word === '--') break;
    const option = word.replace(/^--?/, '');
    const takesValue = specs.get(option);
    if (takesValue === undefined) {
      if (!command.digests) throw usageFailure(name, `Unknown option: ${word}`);
      if (command.digests === 'checked' && !DIGESTS.includes(option)) throw usageFailure(name, `Unknown option or message digest: ${option}`);
      digest = option;
      continue;
    }
    const value = takesValue ? rest.shift() : '';
    if (value === undefined) throw usageFailure(name, `Option ${word} needs a value`);
    given.push({ name: option, value });
  }
  return {
    process,
    name,
    given,
    operands: rest,
    digest,
    random: process.clock.random.fork(`openssl ${process.machine.hostname} ${process.pid} ${process.clock.now()}`),
    has: (option) => given.some((one) => one.name === option),
    value: (option) => given.findLast((one) => one.name === option)?.value,
    values: (option) => given.filter((one) => one.name === option).map(({ value }) => value),
  };
}

export function refuseOperands(call: Call): void {
  if (call.operands.length > 0) throw new OpensslFailure(`${call.name}: Use -help for summary.\n`);
}

export function numberOf(call: Call, text: string): number {
  if (/^[-+]?(\d+|0x[\da-f]+)$/i.test(text)) return Number(text);
  const hint = call.name === 'genrsa' ? '' : `${call.name}: Use -help for summary.\n`;
  throw new OpensslFailure(`${call.name}: Can't parse "${text}" as a number\n${hint}`);
}

/** The lines that OpenSSL's error queue leaves, with the thread's number in front. */
export const queued = (call: Call, ...lines: readonly string[]): string =>
  lines.map((line) => `${(call.process.pid * 65_537).toString(16).toUpperCase().padStart(8, '40')}B77F0000:error:${line}\n`).join('');

export const systemText = (error: FileError): string => error.message;

const notFoundCode = (error: FileError): string => (error.code === 'EACCES' ? '8000000D' : '80000002');

/** A file (or stdin) that openssl opens as a plain file. */
export async function readPlain(call: Call, path: string | undefined): Promise<Buffer> {
  try {
    return Buffer.from(await readAll(openInput(call.process, path ?? '-')));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const lines = openErrors(call, path ?? '', 'r', error);
    throw new OpensslFailure(`Can't open "${path}" for reading, ${systemText(error)}\n${lines}`);
  }
}

export function openErrors(call: Call, path: string, mode: 'r' | 'w', error: FileError): string {
  return queued(
    call,
    `${notFoundCode(error)}:system library:BIO_new_file:${systemText(error)}:../crypto/bio/bss_file.c:67:calling fopen(${path}, ${mode})`,
    error.code === 'ENOENT'
      ? '10000080:BIO routines:BIO_new_file:no such file:../crypto/bio/bss_file.c:75:'
      : '10080002:BIO routines:BIO_new_file:system lib:../crypto/bio/bss_file.c:77:',
  );
}

/** A file (or stdin) that holds `what` (`certificate`, `private key`); `after` is what the command says besides. */
export async function readStore(call: Call, path: string | undefined, what: string, after = ''): Promise<Buffer> {
  try {
    return Buffer.from(await readAll(openInput(call.process, path ?? '-')));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const lines = queued(
      call,
      '16000069:STORE routines:ossl_store_get0_loader_int:unregistered scheme:../crypto/store/store_register.c:237:scheme=file',
      `${notFoundCode(error)}:system library:file_open:${systemText(error)}:../providers/implementations/storemgmt/file_store.c:267:calling stat(${path})`,
    );
    throw new OpensslFailure(`Could not open file or uri for loading ${what} from ${path}\n${lines}${after}`);
  }
}

export const unreadable = (path: string | undefined, what: string, after = ''): OpensslFailure =>
  new OpensslFailure(`Could not read ${what} from ${path ?? '<stdin>'}\n${after}`);

/** Writes to `-out`, or stdout; private things only their owner may read. */
export async function writeOut(call: Call, path: string | undefined, content: string | Uint8Array, { secret = false } = {}): Promise<void> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  if (path === undefined || path === '-') return call.process.stdout.write(bytes);
  const files = call.process.machine.files.as(call.process.credentials);
  try {
    const full = call.process.path(path);
    const isNew = !files.exists(full);
    files.write(full, bytes);
    if (secret && isNew) files.chmod(full, 0o600);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new OpensslFailure(`Can't open "${path}" for writing, ${systemText(error)}\n${openErrors(call, path, 'w', error)}`);
  }
}

export async function runCall(command: Subcommand, process: Process, name: string, args: readonly string[]): Promise<number> {
  try {
    if (args.includes('-help') || args.includes('--help')) {
      await process.error(helpText(command, name));
      return 0;
    }
    return await command.run(readCall(command, process, name, args));
  } catch (error) {
    if (error instanceof BrokenPipe) throw new Exit(141);
    if (!(error instanceof OpensslFailure)) throw error;
    await process.error(error.message);
    return error.status;
  }
}

function helpText({ options }: Subcommand, name: string): string {
  const lines = options.split(' ').map((word) => ` -${word.endsWith('=') ? `${word.slice(0, -1)} val` : word}\n`);
  return `Usage: ${name} [options]\n\nValid options are:\n -help\n${lines.join('')}`;
}
