import type { Shell } from '../shell.ts';
import { ShellFailure } from '../signals-of-flow.ts';
import { parseNext } from '../syntax/parser.ts';
import { createReader } from '../syntax/reader.ts';
import { SyntaxFailure } from '../syntax/scanner.ts';
import { runList } from './run.ts';

export interface ScriptOptions {
  /** Where the text is from, for messages: `-c`, `eval`. */
  readonly from?: string;
  readonly firstLine?: number;
}

/** Reads a text command by command, running each before the next is read. */
export async function runScript(shell: Shell, text: string, { from, firstLine = 1 }: ScriptOptions = {}): Promise<number> {
  const expands = () => shell.interactive || shell.posix || shell.shopts.has('expand_aliases');
  const aliases = (name: string) => (expands() ? shell.aliases.get(name) : undefined);
  const reader = createReader(text.replaceAll('\r\n', '\n'), aliases, firstLine);
  let code = 0;
  for (;;) {
    try {
      const list = parseNext(reader);
      if (!list) return code;
      if (shell.options.has('noexec')) continue;
      code = await runList(shell, list);
    } catch (error) {
      if (error instanceof ShellFailure && error.discards && from !== 'eval' && shell.functionNames.length + shell.sourceDepth === 0) {
        await shell.complain(error.message);
        code = shell.status = error.code;
        continue;
      }
      if (!(error instanceof SyntaxFailure)) throw error;
      const ending = heredocOf(error);
      if (ending) {
        await shell.complain(`warning: here-document at line ${error.line} delimited by end-of-file (wanted \`${ending.delimiter}')`);
        reader.scanner.source = `${text.replace(/\n$/, '')}\n${ending.delimiter}\n`;
        return runScript(shell, reader.scanner.source, { ...(from ? { from } : {}), firstLine });
      }
      await reportSyntax(shell, error, reader.scanner.source, from, firstLine);
      shell.status = error.code;
      return error.code;
    }
  }
}

export const heredocOf = (error: SyntaxFailure): { delimiter: string } | undefined =>
  'heredoc' in error ? (error.heredoc as { delimiter: string }) : undefined;

async function reportSyntax(shell: Shell, error: SyntaxFailure, source: string, from: string | undefined, firstLine: number): Promise<void> {
  const name = shell.name.replace(/^-/, '');
  const origin = from ? `${name}: ${from}: ` : `${name}: `;
  const prefix = shell.interactive ? origin : `${origin}line ${error.line}: `;
  await shell.error(`${prefix}${error.message}\n`);
  const line = source.split('\n')[error.line - firstLine] ?? '';
  if (error.showLine && !(shell.interactive && !from)) await shell.error(`${prefix}\`${line}'\n`);
}

/** Reports what stopped a command; throws on what ends the shell. */
export async function recover(shell: Shell, error: unknown): Promise<number> {
  if (!(error instanceof ShellFailure)) throw error;
  if (error.discards || (error.fatal && !shell.interactive)) throw error;
  await shell.complain(error.message);
  shell.status = error.code;
  return error.code;
}
