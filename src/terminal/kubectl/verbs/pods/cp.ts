import type { Pod } from '../../../../api/schema/generated/types.ts';
import { completePods } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool, int, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { containerOrDefault } from '../../pods/containers.ts';
import { runSession } from '../../pods/session.ts';
import { packTar, type TarEntry, unpackTar } from '../../pods/tar.ts';

interface Place {
  readonly namespace: string;
  readonly pod: string;
  readonly path: string;
}

export const cp = defineVerb({
  name: 'cp',
  group: 'Troubleshooting and Debugging Commands',
  flags: {
    container: string('c', 'Container; without one the annotated default or the first.'),
    'no-preserve': bool('', "Do not keep the files' owner and mode."),
    retries: int('', 'How often to try again when copying from a container fails.'),
  },
  help: {
    usage: 'cp <file-spec-src> <file-spec-dest>',
    short: 'Copy files and directories to and from containers',
    long: "Copies with the container's own tar, which must be there.",
    examples: [
      ['To a pod', 'kubectl cp /tmp/foo mypod:/tmp/bar'],
      ['From a pod of another namespace', 'kubectl cp ns/mypod:/tmp/foo /tmp/bar'],
    ],
  },
  complete: completePods,
  async run(kubectl, options) {
    const [from, to] = kubectl.args;
    if (from === undefined || to === undefined || kubectl.args.length > 2) throw new UsageError('source and destination are required');
    const [source, target] = [parsePlace(kubectl, from), parsePlace(kubectl, to)];
    if (source.pod && target.pod) throw new UsageError('one of src or dest must be a local file specification');
    if (!source.path || !target.path) throw new UsageError('filepath can not be empty');
    if (target.pod) await upload(kubectl, source, target, options.container);
    else if (source.pod) await download(kubectl, source, target, options.container);
    else throw new UsageError('one of src or dest must be a remote file specification');
    return undefined;
  },
});

/** `file`, `pod:file` or `namespace/pod:file`. */
function parsePlace(kubectl: Invocation, text: string): Place {
  const colon = text.indexOf(':');
  if (colon === 0) throw badSpec();
  if (colon < 0) return { namespace: '', pod: '', path: text };
  const parts = text.slice(0, colon).split('/');
  const path = text.slice(colon + 1);
  if (parts.length === 1) return { namespace: kubectl.namespace, pod: parts[0] ?? '', path };
  if (parts.length !== 2) throw badSpec();
  return { namespace: parts[0] ?? '', pod: parts[1] ?? '', path };
}

const badSpec = (): UsageError => new UsageError('filespec must match the canonical format: [[namespace/]pod:]file/path');

async function session(kubectl: Invocation, place: Place, named: string) {
  const pod = (await kubectl.api.get(`/api/v1/namespaces/${place.namespace}/pods/${place.pod}`)) as unknown as Pod;
  return { verb: 'exec' as const, namespace: place.namespace, pod: place.pod, container: await containerOrDefault(kubectl, pod, named) };
}

async function upload(kubectl: Invocation, source: Place, target: Place, container: string): Promise<void> {
  const local = kubectl.process.path(source.path);
  if (!kubectl.files.exists(local)) throw new UsageError(`${source.path} doesn't exist in local filesystem`);
  const open = await session(kubectl, target, container);
  const destination = target.path.endsWith('/') ? `${target.path}${baseName(local)}` : target.path.replace(/\/$/, '');
  const name = baseName(destination);
  const folder = destination.slice(0, destination.length - name.length).replace(/(.)\/$/, '$1');
  const archive = packTar(collect(kubectl, local, name), Math.floor(kubectl.now / 1000));
  const command = ['tar', '-xmf', '-', ...(folder ? ['-C', folder] : [])];
  await runSession(kubectl, { ...open, command, stdin: true, tty: false, input: once(archive) });
}

async function* once(data: Uint8Array): AsyncGenerator<Uint8Array> {
  yield data;
}

function collect(kubectl: Invocation, path: string, name: string): TarEntry[] {
  const { type, mode, target } = kubectl.files.lstat(path);
  if (type === 'symlink') return [{ path: name, type, mode, data: new Uint8Array(), target: target ?? '' }];
  if (type !== 'directory') return [{ path: name, type: 'file', mode, data: kubectl.files.read(path) }];
  const inside = [...kubectl.files.list(path)].sort().flatMap((child) => collect(kubectl, `${path}/${child}`, `${name}/${child}`));
  return [{ path: name, type: 'directory', mode, data: new Uint8Array() }, ...inside];
}

async function download(kubectl: Invocation, source: Place, target: Place, container: string): Promise<void> {
  const open = await session(kubectl, source, container);
  const chunks: Uint8Array[] = [];
  await runSession(kubectl, {
    ...open,
    command: ['tar', 'cf', '-', source.path],
    stdin: false,
    tty: false,
    output: (data) => void chunks.push(data),
  });
  const local = kubectl.process.path(target.path);
  const intoFolder = kubectl.files.exists(local) && kubectl.files.stat(local).type === 'directory';
  const root = intoFolder ? `${local}/${baseName(source.path)}` : local;
  const prefix = source.path.replace(/^\/+|\/+$/g, '');
  for (const entry of unpackTar(Buffer.concat(chunks))) await place(kubectl, entry, prefix, root);
}

async function place(kubectl: Invocation, { path, type, mode, data, target }: TarEntry, prefix: string, root: string): Promise<void> {
  const inside = path.replace(/^\/+/, '').slice(prefix.length);
  const full = `${root}${inside}`;
  if (inside.split('/').includes('..')) await kubectl.error(`warning: file ${JSON.stringify(full)} is outside target destination, skipping\n`);
  else if (type === 'symlink') await kubectl.error(`warning: skipping symlink: ${JSON.stringify(full)} -> ${JSON.stringify(target)}\n`);
  else if (type === 'directory') kubectl.files.mkdir(full, { recursive: true });
  else {
    kubectl.files.mkdir(full.slice(0, full.lastIndexOf('/')) || '/', { recursive: true });
    kubectl.files.write(full, data, { mode });
  }
}

const baseName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? '';
