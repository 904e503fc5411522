import type { Informers } from '../../api/client/informer.ts';
import type { Process } from '../../machine/index.ts';
import { CorefileError, parseCorefile, type ServerBlock } from '../network/dns/corefile.ts';
import { answerQuestion } from '../network/dns/name-server.ts';
import { finallyClose, httpService, option, text, untilStopped } from './running.ts';

const VERSION = 'CoreDNS-1.13.1\nlinux/amd64, go1.25.2, 1db4568\n';
const RELOAD_MS = 30_000;

/** The coredns program: reads its Corefile, answers questions, takes up changes by itself. */
export async function runCoreDns(process: Process): Promise<number> {
  const path = option(process.argv, '-conf') ?? 'Corefile';
  let blocks = await load(process, path);
  if (!blocks) return 1;
  const { machine } = process;
  const informers = machine.facilities.get('informers') as Informers;
  const dns = (question: Parameters<typeof answerQuestion>[0]) =>
    answerQuestion(question, blocks ?? [], { informers, files: machine.files, network: machine.network });
  const port = blocks[0]?.port ?? 53;
  const has = (plugin: string) => blocks?.some((block) => block.plugins.some((p) => p.name === plugin));
  const ok = () => text(200, 'OK');
  const listening = [
    machine.network.listen(port, { name: 'coredns', dns }, { protocol: 'UDP' }),
    machine.network.listen(port, { name: 'coredns', dns }),
    ...(has('health') ? [machine.network.listen(8080, httpService('coredns', ok))] : []),
    ...(has('ready') ? [machine.network.listen(8181, httpService('coredns', ok))] : []),
    ...(has('prometheus')
      ? [
          machine.network.listen(
            9153,
            httpService('coredns', () => text(200, '# coredns metrics\n')),
          ),
        ]
      : []),
  ];
  await process.print(`.:${port}\n[INFO] plugin/reload: Running configuration SHA512 = ${process.clock.random.fork('corefile').hex(32)}\n${VERSION}`);
  watchCorefile(process, path, (fresh) => {
    blocks = fresh;
  });
  return finallyClose(listening, untilStopped(process));
}

async function load(process: Process, path: string): Promise<ServerBlock[] | undefined> {
  const { files } = process.machine;
  try {
    if (!files.exists(path)) throw new CorefileError(`open ${path}: no such file or directory`);
    return parseCorefile(files.readText(path), path);
  } catch (error) {
    if (!(error instanceof CorefileError)) throw error;
    await process.error(`${error.message}\n`);
    return undefined;
  }
}

function watchCorefile(process: Process, path: string, take: (blocks: ServerBlock[]) => void): void {
  const { files } = process.machine;
  let known = files.readText(path);
  const look = async () => {
    if (process.signal.aborted) return;
    const now = files.exists(path) ? files.readText(path) : known;
    if (now !== known) {
      known = now;
      const blocks = await load(process, path);
      if (blocks) {
        await process.print('[INFO] Reloading\n[INFO] plugin/health: Going into lameduck mode for 5s\n[INFO] Reloading complete\n');
        take(blocks);
      }
    }
    process.clock.after(RELOAD_MS, () => void look(), { background: true });
  };
  process.clock.after(RELOAD_MS, () => void look(), { background: true });
}
