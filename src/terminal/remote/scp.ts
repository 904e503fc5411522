import { posix } from 'node:path';
import { FileError, type Files, type Process } from '../../machine/index.ts';
import { defineCommand } from '../define-command.ts';
import { homeOf, reach } from './neighbours.ts';

/** One end of a copy: a path in somebody's files. */
interface End {
  readonly files: Files;
  readonly path: string;
  readonly shown: string;
  readonly remote: boolean;
}

export const scp = defineCommand({
  names: ['scp'],
  async run(process) {
    const { operands, recursive, quiet } = parse(process.argv.slice(1));
    const target = operands.at(-1);
    if (operands.length < 2 || target === undefined) {
      await process.error(
        'usage: scp [-346ABCOpqRrsTv] [-c cipher] [-D sftp_server_path] [-F ssh_config]\n           [-i identity_file] [-J destination] [-l limit] [-o ssh_option]\n           [-P port] [-S program] [-X sftp_option] source ... target\n',
      );
      return 1;
    }
    const to = await endOf(process, target);
    if ('error' in to) return refuse(process, to.error);
    let code = 0;
    for (const source of operands.slice(0, -1)) {
      const from = await endOf(process, source);
      if ('error' in from) return refuse(process, from.error);
      code = (await copyReporting(process, from, to, { recursive, quiet })) || code;
    }
    return code;
  },
});

async function refuse(process: Process, error: string): Promise<number> {
  await process.error(`${error}\nscp: Connection closed\n`);
  return 255;
}

function parse(args: readonly string[]): { operands: string[]; recursive: boolean; quiet: boolean } {
  const operands: string[] = [];
  let recursive = false;
  let quiet = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (!/^-./.test(arg)) operands.push(arg);
    else if ('cDFiJloPSX'.includes(arg.slice(-1))) i++;
    else {
      recursive ||= arg.includes('r');
      quiet ||= arg.includes('q');
    }
  }
  return { operands, recursive, quiet };
}

async function endOf(process: Process, text: string): Promise<End | { error: string }> {
  const [, host, path = ''] = /^([^/:]+):(.*)$/s.exec(text) ?? [];
  if (host === undefined) return { files: process.machine.files.as(process.credentials), path: process.path(text), shown: text, remote: false };
  const reached = await reach(process, host);
  if ('error' in reached) return reached;
  const home = homeOf(reached.machine, reached.credentials);
  return {
    files: reached.machine.files.as(reached.credentials),
    path: posix.resolve(home, path.replace(/^~\/?/, '') || '.'),
    shown: path,
    remote: true,
  };
}

interface Options {
  readonly recursive: boolean;
  readonly quiet: boolean;
}

async function copyReporting(process: Process, from: End, to: End, options: Options): Promise<number> {
  try {
    if (!from.files.exists(from.path)) {
      const error = new FileError('ENOENT', from.path, 'No such file or directory');
      await process.error(from.remote ? `scp: ${from.shown}: ${error.message}\n` : `scp: stat local "${from.shown}": ${error.message}\n`);
      return 1;
    }
    if (from.files.stat(from.path).type === 'directory' && !options.recursive) {
      await process.error(
        from.remote
          ? `scp: ${from.shown}: not a regular file\n`
          : `scp: local "${from.shown}" is not a regular file\nscp: failed to upload file ${from.shown} to ${to.shown}\n`,
      );
      return 1;
    }
    const inside = to.files.exists(to.path) && to.files.stat(to.path).type === 'directory';
    await copy(process, from, { ...to, path: inside ? posix.join(to.path, posix.basename(from.path)) : to.path }, options);
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await process.error(`scp: ${to.remote ? `dest open "${to.shown}"` : to.shown}: ${error.message}\n`);
    return 1;
  }
}

async function copy(process: Process, from: End, to: End, options: Options): Promise<void> {
  const stat = from.files.stat(from.path);
  if (stat.type !== 'directory') {
    to.files.write(to.path, from.files.read(from.path), { mode: stat.mode });
    if (process.stdout.tty && !options.quiet)
      await process.print(`${posix.basename(from.path).padEnd(45)} 100% ${String(stat.size).padStart(4)}     1.0KB/s   00:00    \n`);
    return;
  }
  to.files.mkdir(to.path, { recursive: true, mode: stat.mode });
  for (const name of from.files.list(from.path))
    await copy(process, { ...from, path: `${from.path}/${name}` }, { ...to, path: `${to.path}/${name}` }, options);
}
