import { deepFreeze } from '../../../api/machinery/deep-freeze.ts';
import { byCodePoint, isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { parseYaml, toYaml } from '../../../api/machinery/yaml.ts';
import type { Files } from '../../../machine/index.ts';
import { messageOf, UsageError } from '../errors.ts';

/** Entries by name, with whatever fields the file gave them. */
export type Entries = Readonly<Record<string, PlainObject>>;
export type Section = 'clusters' | 'contexts' | 'users';

export interface Kubeconfig {
  readonly clusters: Entries;
  readonly contexts: Entries;
  readonly users: Entries;
  readonly currentContext: string;
  /** Top-level fields that are kept as they were (preferences, extensions). */
  readonly rest: PlainObject;
}

export const emptyKubeconfig: Kubeconfig = { clusters: {}, contexts: {}, users: {}, currentContext: '', rest: {} };

export interface LoadedFile {
  readonly path: string;
  readonly exists: boolean;
  readonly config: Kubeconfig;
}

export interface ConfigSources {
  readonly files: readonly LoadedFile[];
  /** The file that new entries go to. */
  readonly target: string;
  readonly explicit: boolean;
}

/** --kubeconfig, else every file of $KUBECONFIG, else ~/.kube/config. */
export function loadSources(files: Files, options: { explicit: string; env: string; home: string; absolute(path: string): string }): ConfigSources {
  if (options.explicit) return { files: [loadFile(files, options.explicit, options.absolute)], target: options.explicit, explicit: true };
  const listed = [...new Set(options.env.split(':').filter(Boolean))];
  const paths = listed.length > 0 ? listed : [`${options.home}/.kube/config`];
  const loaded = paths.map((path) => loadFile(files, path, options.absolute));
  const target = loaded.find((file) => file.exists)?.path ?? paths[paths.length - 1] ?? '';
  return { files: loaded, target, explicit: false };
}

function loadFile(files: Files, path: string, absolute: (path: string) => string): LoadedFile {
  const full = absolute(path);
  if (!files.exists(full)) return { path, exists: false, config: emptyKubeconfig };
  let text: string;
  try {
    text = files.readText(full);
  } catch (error) {
    throw new UsageError(`error loading config file "${path}": open ${path}: ${messageOf(error).toLowerCase()}`);
  }
  return { path, exists: true, config: parseKubeconfig(text, path) };
}

export function parseKubeconfig(text: string, path: string): Kubeconfig {
  let parsed: unknown;
  try {
    parsed = parsedOnce(text);
  } catch (error) {
    throw new UsageError(`error loading config file "${path}": ${messageOf(error)}`);
  }
  if (!isPlainObject(parsed)) return emptyKubeconfig;
  const { clusters, contexts, users, 'current-context': current, apiVersion: _version, kind: _kind, ...rest } = parsed;
  return {
    clusters: entriesOf(clusters, 'cluster'),
    contexts: entriesOf(contexts, 'context'),
    users: entriesOf(users, 'user'),
    currentContext: typeof current === 'string' ? current : '',
    rest,
  };
}

const LATEST = 32;
const known = new Map<string, unknown>();

/** Each command reads the same file: what was parsed last need not be parsed again. */
function parsedOnce(text: string): unknown {
  if (known.has(text)) return known.get(text);
  if (known.size >= LATEST) known.clear();
  const parsed = deepFreeze(parseYaml(text));
  known.set(text, parsed);
  return parsed;
}

function entriesOf(list: unknown, key: string): Entries {
  if (!Array.isArray(list)) return {};
  const pairs = list.filter(isPlainObject).map((item): [string, PlainObject] => [String(item.name ?? ''), isPlainObject(item[key]) ? item[key] : {}]);
  return Object.fromEntries(pairs.reverse());
}

/** The first file to name an entry wins. */
export function mergeSources({ files }: ConfigSources): Kubeconfig {
  return files.reduceRight<Kubeconfig>(
    (merged, { config }) => ({
      clusters: { ...merged.clusters, ...config.clusters },
      contexts: { ...merged.contexts, ...config.contexts },
      users: { ...merged.users, ...config.users },
      currentContext: config.currentContext || merged.currentContext,
      rest: { ...merged.rest, ...config.rest },
    }),
    emptyKubeconfig,
  );
}

/** The file as clientcmd would write it: entries sorted by name. */
export function kubeconfigObject(config: Kubeconfig): PlainObject {
  return {
    ...config.rest,
    apiVersion: 'v1',
    kind: 'Config',
    clusters: listOf(config.clusters, 'cluster'),
    contexts: listOf(config.contexts, 'context'),
    'current-context': config.currentContext,
    users: listOf(config.users, 'user'),
  };
}

export const formatKubeconfig = (config: Kubeconfig): string => toYaml(kubeconfigObject(config));

function listOf(entries: Entries, key: string): PlainObject[] | null {
  const names = Object.keys(entries).sort(byCodePoint);
  return names.length === 0 ? null : names.map((name) => ({ [key]: entries[name], name }));
}
