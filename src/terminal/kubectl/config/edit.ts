import type { PlainObject } from '../../../api/machinery/json.ts';
import { UsageError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';
import { kubeconfigSources } from './client-config.ts';
import { type ConfigSources, emptyKubeconfig, formatKubeconfig, type Kubeconfig, mergeSources, type Section } from './kubeconfig.ts';

/** The kubeconfig files of a command and what they say together; changes go to the file that an entry came from. */
export class KubeconfigEditor {
  readonly merged: Kubeconfig;
  readonly #kubectl: Invocation;
  readonly #sources: ConfigSources;

  constructor(kubectl: Invocation) {
    this.#kubectl = kubectl;
    this.#sources = kubeconfigSources(kubectl.process, kubectl.global);
    this.merged = mergeSources(this.#sources);
  }

  /** The file that new entries go to, as messages name it. */
  get target(): string {
    return this.#sources.target;
  }

  set(section: Section, name: string, entry: PlainObject): void {
    this.#change(this.#homeOf(section, name), (config) => ({ ...config, [section]: { ...config[section], [name]: entry } }));
  }

  remove(section: Section, name: string): void {
    this.#change(this.#homeOf(section, name), (config) => {
      const { [name]: _gone, ...others } = config[section];
      return { ...config, [section]: others };
    });
  }

  setCurrentContext(name: string): void {
    const home = this.#sources.files.find(({ config }) => config.currentContext)?.path ?? this.target;
    this.#change(home, (config) => ({ ...config, currentContext: name }));
  }

  #homeOf(section: Section, name: string): string {
    return this.#sources.files.find(({ config }) => config[section][name])?.path ?? this.target;
  }

  #change(path: string, change: (config: Kubeconfig) => Kubeconfig): void {
    const { files, process } = this.#kubectl;
    const full = process.path(path);
    const before = this.#sources.files.find((file) => file.path === path)?.config ?? emptyKubeconfig;
    const after = change(before);
    files.mkdir(full.slice(0, full.lastIndexOf('/')) || '/', { recursive: true });
    files.write(full, formatKubeconfig(after), { mode: 0o600 });
    const file = this.#sources.files.find((one) => one.path === path);
    if (file) Object.assign(file, { config: after, exists: true });
  }

  requireEntry(section: Section, name: string, complaint: string): PlainObject {
    const entry = this.merged[section][name];
    if (!entry) throw new UsageError(complaint);
    return entry;
  }
}
