import { FileError, type Files } from '../../../machine/index.ts';
import { KustomizeError, within } from './errors.ts';

/** The root of one kustomization: files are read below it, other kustomizations are found from it. */
export class Folder {
  readonly root: string;
  readonly #files: Files;
  readonly #parent: Folder | undefined;

  private constructor(files: Files, root: string, parent?: Folder) {
    this.#files = files;
    this.root = root;
    this.#parent = parent;
  }

  /** `typed` is what the path is called in complaints. */
  static open(files: Files, path: string, typed = path): Folder {
    return within('must build at directory', () => new Folder(files, confirmed(files, path, typed)));
  }

  /** Another kustomization's root, which may not be this one's or above it. */
  enter(path: string): Folder {
    if (path === '') throw new KustomizeError('new root cannot be empty');
    if (/^(https?|ssh|git):\/\/|^git@/.test(path)) throw new KustomizeError(`kubeproctor does not simulate remote kustomizations: ${path}`);
    if (path.startsWith('/')) throw new KustomizeError(`new root '${path}' cannot be absolute`);
    const root = within('must build at directory', () => confirmed(this.#files, joined(this.root, path)));
    for (let seen: Folder | undefined = this; seen; seen = seen.#parent) {
      if (isBelow(seen.root, root)) {
        throw new KustomizeError(`cycle detected: candidate root '${root}' contains visited root '${seen.root}'`);
      }
    }
    return new Folder(this.#files, root, this);
  }

  /** The content of a file in or below the root. */
  load(path: string): string {
    return this.loadBytes(path).toString();
  }

  loadBytes(path: string): Buffer {
    if (/^https?:\/\//.test(path)) throw new KustomizeError(`kubeproctor does not simulate remote files: ${path}`);
    const absolute = path.startsWith('/') ? path : joined(this.root, path);
    const real = resolved(this.#files, absolute);
    if (this.#files.stat(real).type === 'directory') throw new KustomizeError(`'${absolute}' must resolve to a file`);
    if (!isBelow(real, this.root)) throw new KustomizeError(`security; file '${absolute}' is not in or below '${this.root}'`);
    return Buffer.from(this.#files.read(real));
  }

  has(name: string): boolean {
    return this.#files.exists(joined(this.root, name));
  }
}

const isBelow = (path: string, root: string): boolean => path === root || path.startsWith(root === '/' ? root : `${root}/`);

function joined(root: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${root}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function resolved(files: Files, path: string, typed = path): string {
  try {
    return files.realpath(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new KustomizeError(`evalsymlink failure on '${typed}' : lstat ${path}: ${error.message.toLowerCase()}`);
  }
}

function confirmed(files: Files, path: string, typed = path): string {
  const real = within('not a valid directory', () => resolved(files, path, typed));
  if (files.stat(real).type !== 'directory') throw new KustomizeError(`'${typed}': file is not directory`);
  return real;
}
