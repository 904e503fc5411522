import { StatusError } from '../../api/machinery/status-error.ts';
import type { StatusCause } from '../../api/schema/generated/types.ts';

/** kubectl itself refuses; printed as `error: …`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An error whose text is printed as it is. */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}

/** Nothing to say beyond the exit code. */
export class SilentExit extends Error {
  override readonly name = 'SilentExit';
  readonly code: number;

  constructor(code = 1) {
    super('exit');
    this.code = code;
  }
}

/** An error with an exit code of its own (a remote command's). */
export class CodedError extends Error {
  override readonly name = 'CodedError';
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

/** The kubeconfig contradicts itself. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** No answer: `reason` is what Go's net/http says, `host` the server's host and port. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
  readonly host: string;

  constructor(host: string, reason: string) {
    super(reason);
    this.host = host;
  }
}

/** Several failures of one command. */
export class Aggregate extends Error {
  override readonly name = 'Aggregate';
  readonly errors: readonly unknown[];

  constructor(errors: readonly unknown[]) {
    super(errors.length === 1 ? messageOf(errors[0]) : `[${[...new Set(errors.map(messageOf))].join(', ')}]`);
    this.errors = errors;
  }
}

/** `See 'kubectl x -h' for help and examples` under the complaint. */
export const usageError = (path: string, message: string): UsageError => new UsageError(`${message}\nSee '${path} -h' for help and examples`);

export function throwAll(errors: readonly unknown[]): void {
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new Aggregate(errors);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The one place where a failure becomes text and an exit code, as cmd/util/helpers.go's checkErr. */
export function describeError(error: unknown): { text: string; code: number } {
  const { text, code } = worded(error);
  return { text: text && !text.endsWith('\n') ? `${text}\n` : text, code };
}

function worded(error: unknown): { text: string; code: number } {
  if (error instanceof Aggregate && error.errors.length === 1) return worded(error.errors[0]);
  if (error instanceof SilentExit) return { text: '', code: error.code };
  if (error instanceof StatusError && error.reason === 'Invalid') return { text: invalidText(error), code: 1 };
  if (error instanceof ConfigError) return { text: `Error in configuration: ${error.message}`, code: 1 };
  if (error instanceof Aggregate) return { text: error.errors.map((e) => `${messageInList(e)}\n`).join(''), code: 1 };
  if (error instanceof CodedError) return { text: error.message, code: error.code };
  return { text: prefixed(error, messageForError(error)), code: 1 };
}

/** What is not worded already begins with `error: ` when it stands alone. */
function prefixed(error: unknown, text: string): string {
  const known = error instanceof PlainError || error instanceof StatusError || error instanceof ServerUnreachable;
  return known || text.startsWith('error: ') ? text : `error: ${text}`;
}

/** One error as it is printed inside a list of errors: only a single one is called `error`. */
const messageInList = (error: unknown): string => standardMessage(error) ?? messageOf(error);

export function messageForError(error: unknown): string {
  const standard = standardMessage(error);
  if (standard !== undefined) return standard;
  return messageOf(error);
}

/** What has a form of its own. */
function standardMessage(error: unknown): string | undefined {
  if (error instanceof PlainError) return error.message;
  if (error instanceof StatusError) return statusText(error);
  if (error instanceof ServerUnreachable) {
    return error.message.includes('connection refused')
      ? `The connection to the server ${error.host} was refused - did you specify the right host or port?`
      : `Unable to connect to the server: ${error.message}`;
  }
  return undefined;
}

function statusText(error: StatusError): string {
  if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
  return error.reason ? `Error from server (${error.reason}): ${error.message}` : `Error from server: ${error.message}`;
}

function invalidText(error: StatusError): string {
  const { details, message } = error.status;
  if (!details) return message ? `The request is invalid: ${message}` : 'The request is invalid';
  const causes = details.causes ?? [];
  const named = Boolean(details.kind || details.name);
  let head = 'The request is invalid';
  if (named) head = `The ${details.kind ?? ''} ${JSON.stringify(details.name ?? '')} is invalid`;
  else if (message && causes.length === 0) head += `: ${message}`;
  return causes.length === 0 ? head : withCauses(`${head}: `, causes);
}

function withCauses(prefix: string, causes: readonly StatusCause[]): string {
  const lines = [...new Set(causes.map((cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`))];
  return lines.length === 1 ? `${prefix}${lines[0]}\n` : `${prefix}\n${lines.map((line) => `* ${line}\n`).join('')}`;
}
