import type { PlainObject } from '../../../../api/machinery/json.ts';
import { UsageError } from '../../errors.ts';
import { bool, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { defineConfigVerb } from './define-config-verb.ts';

/** A file's path as it is written down: relative to the kubeconfig where it lies beside or below it. */
function recorded(kubectl: Invocation, path: string, config: string): string {
  const full = kubectl.process.path(path);
  const folder = kubectl.process.path(config).replace(/[^/]*$/, '');
  return full.startsWith(folder) ? full.slice(folder.length) : full;
}

/** The fields for one certificate or key: its bytes, or where it lies. */
function pemFields(kubectl: Invocation, field: string, path: string, options: { embed: boolean; config: string }): PlainObject {
  if (!path) return { [field]: undefined, [`${field}-data`]: undefined };
  if (!options.embed) return { [field]: recorded(kubectl, path, options.config), [`${field}-data`]: undefined };
  if (!kubectl.files.exists(kubectl.process.path(path))) {
    throw new UsageError(`could not stat ${field} file ${path}: stat ${path}: no such file or directory`);
  }
  return { [field]: undefined, [`${field}-data`]: kubectl.readFile(path).toString('base64') };
}

const defined = (entry: PlainObject): PlainObject =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined && value !== ''));

export const setCluster = defineConfigVerb({
  name: 'set-cluster',
  usage:
    'set-cluster NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]',
  short: 'Set a cluster entry in kubeconfig',
  examples: [['Only the address', 'kubectl config set-cluster e2e --server=https://1.2.3.4']],
  flags: {
    server: string('', 'Address of the API server.'),
    'tls-server-name': string('', "Name to expect in the server's certificate."),
    'insecure-skip-tls-verify': bool('', "Do not check the server's certificate."),
    'certificate-authority': string('', 'File with the certificate of the authority.'),
    'embed-certs': bool('', 'Store the bytes of the certificate instead of its path.'),
    'proxy-url': string('', 'Address of a proxy.'),
  },
  arity: 1,
  completes: 'cluster',
  async run(kubectl, editor, options) {
    const [name = ''] = kubectl.args;
    const ca = options['certificate-authority'];
    if (!name) throw new UsageError('you must specify a non-empty cluster name');
    if (options['insecure-skip-tls-verify'] && ca)
      throw new UsageError('you cannot specify a certificate authority and insecure mode at the same time');
    if (options['embed-certs'] && !ca) throw new UsageError('you must specify a --certificate-authority to embed');
    const given = (field: 'server' | 'tls-server-name' | 'proxy-url') => (kubectl.changed(field) ? { [field]: options[field] } : {});
    const insecure = kubectl.changed('insecure-skip-tls-verify')
      ? { 'insecure-skip-tls-verify': options['insecure-skip-tls-verify'] || undefined }
      : {};
    editor.set(
      'clusters',
      name,
      defined({
        ...editor.merged.clusters[name],
        ...given('server'),
        ...given('tls-server-name'),
        ...insecure,
        ...(options['insecure-skip-tls-verify'] ? { 'certificate-authority': undefined, 'certificate-authority-data': undefined } : {}),
        ...(kubectl.changed('certificate-authority')
          ? {
              'insecure-skip-tls-verify': undefined,
              ...pemFields(kubectl, 'certificate-authority', ca, { embed: options['embed-certs'], config: editor.target }),
            }
          : {}),
        ...given('proxy-url'),
      }),
    );
    await kubectl.print(`Cluster ${JSON.stringify(name)} set.\n`);
  },
});

export const setCredentials = defineConfigVerb({
  name: 'set-credentials',
  usage:
    'set-credentials NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password]',
  short: 'Set a user entry in kubeconfig',
  examples: [
    ['With a client certificate', 'kubectl config set-credentials jane --client-certificate=jane.crt --client-key=jane.key --embed-certs=true'],
  ],
  flags: {
    'client-certificate': string('', 'File with the client certificate.'),
    'client-key': string('', "File with the certificate's key."),
    'embed-certs': bool('', 'Store the bytes of certificate and key instead of their paths.'),
    token: string('', 'Bearer token.'),
    username: string('', 'Name for basic authentication.'),
    password: string('', 'Password for basic authentication.'),
  },
  arity: 1,
  completes: 'user',
  async run(kubectl, editor, options) {
    const [name = ''] = kubectl.args;
    if (!name) throw new UsageError('you must specify a non-empty user name');
    const methods = [...(options.token ? ['--token'] : []), ...(options.username || options.password ? ['--username/--password'] : [])];
    if (methods.length > 1) throw new UsageError(`you cannot specify more than one authentication method at the same time: ${methods.join(', ')}`);
    const embed = options['embed-certs'];
    if (embed && !options['client-certificate'] && !options['client-key'])
      throw new UsageError('you must specify a --client-certificate or --client-key to embed');
    const pem = (field: 'client-certificate' | 'client-key') =>
      kubectl.changed(field) ? pemFields(kubectl, field, options[field], { embed, config: editor.target }) : {};
    const plain = (field: 'token' | 'username' | 'password') => (kubectl.changed(field) ? { [field]: options[field] } : {});
    const token = kubectl.changed('token') ? { username: undefined, password: undefined } : {};
    const basic = kubectl.changed('username') || kubectl.changed('password') ? { token: undefined, tokenFile: undefined } : {};
    const entry = {
      ...editor.merged.users[name],
      ...pem('client-certificate'),
      ...pem('client-key'),
      ...token,
      ...basic,
      ...plain('token'),
      ...plain('username'),
      ...plain('password'),
    };
    editor.set('users', name, defined(entry));
    await kubectl.print(`User ${JSON.stringify(name)} set.\n`);
  },
});
