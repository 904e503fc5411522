import type { PlainObject } from '../../../api/machinery/json.ts';
import type { Process } from '../../../machine/index.ts';
import { ConfigError, messageOf, UsageError } from '../errors.ts';
import type { GlobalOptions } from '../flags/global.ts';
import { type ConfigSources, type Kubeconfig, loadSources, mergeSources } from './kubeconfig.ts';

/** Everything that is needed to speak to one server as one user. */
export interface ClientConfig {
  readonly server: string;
  readonly authority: string | undefined;
  readonly insecure: boolean;
  readonly serverName: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly token: string | undefined;
  readonly basic: { username: string; password: string } | undefined;
  readonly impersonate: { user: string; groups: readonly string[]; uid: string; extra: readonly string[] } | undefined;
}

export function kubeconfigSources(process: Process, global: GlobalOptions): ConfigSources {
  return loadSources(process.machine.files.as(process.credentials), {
    explicit: global.kubeconfig,
    env: process.env.get('KUBECONFIG') ?? '',
    home: process.env.get('HOME') ?? process.credentials.home,
    absolute: (path) => process.path(path),
  });
}

export function namespaceOf(process: Process, global: GlobalOptions): { namespace: string; explicit: boolean } {
  if (global.namespace) return { namespace: global.namespace, explicit: true };
  const config = usableSources(process, global);
  const context = config.contexts[global.context || config.currentContext];
  if (typeof context?.namespace === 'string' && context.namespace) return { namespace: context.namespace, explicit: false };
  return { namespace: (isEmpty(config) && readIfThere(process, `${serviceAccountFolder}/namespace`)) || 'default', explicit: false };
}

const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';
const isEmpty = (config: Kubeconfig): boolean => Object.keys(config.clusters).length === 0 && Object.keys(config.contexts).length === 0;

function usableSources(process: Process, global: GlobalOptions): Kubeconfig {
  const sources = kubeconfigSources(process, global);
  if (sources.explicit && !sources.files[0]?.exists) throw new UsageError(`stat ${global.kubeconfig}: no such file or directory`);
  return mergeSources(sources);
}

export function resolveClientConfig(process: Process, global: GlobalOptions): ClientConfig {
  const config = usableSources(process, global);
  const contextName = global.context || config.currentContext;
  const context = config.contexts[contextName];
  if (contextName && !context) throw new ConfigError(`context was not found for specified context: ${contextName}`);
  const user = userOf(config, global, context);
  const cluster = clusterOf(config, global, context);
  if (!cluster && !global.server) return inCluster(process, global) ?? withUser(process, global, user, { server: 'http://localhost:8080' });
  return withUser(process, global, user, { ...cluster, ...(global.server ? { server: global.server } : {}) }, global.user || text(context?.user));
}

function userOf(config: Kubeconfig, global: GlobalOptions, context: PlainObject | undefined): PlainObject {
  const name = global.user || text(context?.user) || '';
  const user = config.users[name];
  if (user) return user;
  if (global.user) throw new UsageError(`auth info ${JSON.stringify(name)} does not exist`);
  if (name)
    throw new ConfigError(`[user ${JSON.stringify(name)} was not found for context ${JSON.stringify(global.context || config.currentContext)}]`);
  return {};
}

function clusterOf(config: Kubeconfig, global: GlobalOptions, context: PlainObject | undefined): PlainObject | undefined {
  const name = global.cluster || text(context?.cluster) || '';
  const cluster = config.clusters[name];
  if (name && !cluster && !global.server) {
    if (global.cluster) throw new UsageError(`no server found for cluster ${JSON.stringify(name)}`);
    throw new ConfigError(`[cluster ${JSON.stringify(name)} was not found for context ${JSON.stringify(global.context || config.currentContext)}]`);
  }
  if (cluster && !text(cluster.server) && !global.server) throw new UsageError(`no server found for cluster ${JSON.stringify(name)}`);
  return cluster;
}

function inCluster(process: Process, global: GlobalOptions): ClientConfig | undefined {
  const host = process.env.get('KUBERNETES_SERVICE_HOST');
  const token = readIfThere(process, `${serviceAccountFolder}/token`);
  if (!host || !token) return undefined;
  const cluster = {
    server: `https://${host}:${process.env.get('KUBERNETES_SERVICE_PORT') ?? '443'}`,
    'certificate-authority': `${serviceAccountFolder}/ca.crt`,
  };
  return withUser(process, global, { token }, cluster);
}

function withUser(process: Process, global: GlobalOptions, user: PlainObject, cluster: PlainObject, name = ''): ClientConfig {
  const pem = (entry: PlainObject, field: string, flag: string) =>
    flag
      ? readFile(process, flag)
      : decoded(entry[`${field}-data`]) || (text(entry[field]) ? readFile(process, text(entry[field]) ?? '') : undefined);
  const username = global.username || text(user.username);
  const token = global.token || text(user.token) || (text(user.tokenFile) ? readFile(process, text(user.tokenFile) ?? '').trim() : undefined);
  const as = global.as || text(user.as);
  if (!as && (global['as-group'].length > 0 || global['as-uid'] || global['as-user-extra'].length > 0)) {
    throw new UsageError(`requesting uid, groups or user-extra for ${name} without impersonating a user`);
  }
  return {
    server: withScheme(text(cluster.server) ?? ''),
    authority: pem(cluster, 'certificate-authority', global['certificate-authority']),
    insecure: global['insecure-skip-tls-verify'] || cluster['insecure-skip-tls-verify'] === true,
    serverName: global['tls-server-name'] || text(cluster['tls-server-name']),
    certificate: pem(user, 'client-certificate', global['client-certificate']),
    key: pem(user, 'client-key', global['client-key']),
    token,
    basic: username ? { username, password: global.password || text(user.password) || '' } : undefined,
    impersonate: as
      ? {
          user: as,
          groups: global['as-group'].length > 0 ? global['as-group'] : list(user['as-groups']),
          uid: global['as-uid'],
          extra: global['as-user-extra'],
        }
      : undefined,
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const decoded = (value: unknown): string | undefined => (typeof value === 'string' ? Buffer.from(value, 'base64').toString() : undefined);
const withScheme = (server: string): string => (/^https?:\/\//.test(server) ? server : `http://${server}`).replace(/\/$/, '');

function readFile(process: Process, path: string): string {
  try {
    return process.machine.files.as(process.credentials).readText(process.path(path));
  } catch (error) {
    throw new UsageError(`open ${path}: ${messageOf(error).toLowerCase()}`);
  }
}

function readIfThere(process: Process, path: string): string | undefined {
  const files = process.machine.files.as(process.credentials);
  return files.exists(path) ? files.readText(path).trim() : undefined;
}
