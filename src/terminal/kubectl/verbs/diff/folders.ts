import { isPlainObject } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { toYaml } from '../../../../api/machinery/yaml.ts';
import type { Mapping } from '../../client/discovery.ts';
import type { Invocation } from '../../invocation.ts';
import type { Info } from '../../resource/selection.ts';
import { temporaryPath } from '../../writing/temporary.ts';
import { maskSecrets } from './mask.ts';

interface Options {
  readonly 'show-managed-fields': boolean;
  readonly 'show-secrets': boolean;
}

/** Two temporary folders with one file per object in each, to be compared by a program. */
export class DiffFolders {
  readonly live: string;
  readonly merged: string;
  readonly #kubectl: Invocation;
  readonly #options: Options;

  constructor(kubectl: Invocation, options: Options) {
    this.#kubectl = kubectl;
    this.#options = options;
    this.live = temporaryPath(kubectl, 'LIVE-*');
    this.merged = temporaryPath(kubectl, 'MERGED-*');
    const { uid, gid } = kubectl.process.credentials;
    for (const folder of [this.live, this.merged]) kubectl.files.mkdir(folder, { mode: 0o700, owner: { uid, gid } });
  }

  write({ mapping }: Info, live: KubeObject | undefined, merged: KubeObject): void {
    const name = fileName(mapping, merged);
    const [before, after] = [this.#shown(live), this.#shown(merged)];
    const secret = merged.kind === 'Secret' && mapping.version === 'v1' && !this.#options['show-secrets'];
    const [from, to] = secret ? maskSecrets(before, after) : [before, after];
    this.#save(`${this.live}/${name}`, from);
    this.#save(`${this.merged}/${name}`, to);
  }

  /** An object that would go. */
  writeLive(mapping: Mapping, object: KubeObject): void {
    this.#save(`${this.live}/${fileName(mapping, object)}`, object);
  }

  remove(): void {
    for (const folder of [this.live, this.merged]) this.#kubectl.files.remove(folder, { recursive: true, force: true });
  }

  #save(path: string, object: unknown): void {
    this.#kubectl.files.write(path, object === undefined ? '' : toYaml(object), { mode: 0o700 });
  }

  #shown(object: KubeObject | undefined): KubeObject | undefined {
    if (!object || this.#options['show-managed-fields'] || !isPlainObject(object.metadata)) return object;
    const { managedFields: _fields, ...metadata } = object.metadata;
    return { ...object, metadata };
  }
}

function fileName({ group, version, kind }: Mapping, { metadata }: KubeObject): string {
  return `${group ? `${group}.` : ''}${version}.${kind}.${metadata.namespace ?? ''}.${metadata.name ?? ''}`;
}
