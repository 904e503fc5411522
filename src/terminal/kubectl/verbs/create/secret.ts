import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { isConfigMapKey } from '../../../../api/machinery/names.ts';
import { defineVerb } from '../../define-verb.ts';
import { messageOf, UsageError } from '../../errors.ts';
import { string, strings } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { contentHash } from './content-hash.ts';
import { type Draft, defineGenerator } from './generator.ts';
import { checkSources, type Entry, envFileEntries, fileEntries, keySourceFlags, literalEntry } from './key-sources.ts';

const failure = 'failed to create secret ';
const hashFlag = { 'append-hash': keySourceFlags['append-hash'] };

const generic = defineGenerator({
  name: 'generic',
  failure,
  flags: { ...keySourceFlags, type: string('', 'Type of the secret.') },
  help: {
    usage: 'generic NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
    short: 'Create a secret from a local file, directory, or literal value',
    examples: [
      ['Every file of a folder', 'kubectl create secret generic my-secret --from-file=path/to/bar'],
      ['Literal values', 'kubectl create secret generic my-secret --from-literal=key1=supersecret --from-literal=key2=topsecret'],
      ['Lines of key=value', 'kubectl create secret generic my-secret --from-env-file=path/to/foo.env'],
    ],
  },
  build(kubectl, name, sources) {
    checkSources(sources);
    const entries = [
      ...sources['from-literal'].map(literalEntry),
      ...sources['from-file'].flatMap((source) => fileEntries(kubectl, source)),
      ...sources['from-env-file'].flatMap((path) => envFileEntries(kubectl, path, 'secret')),
    ];
    return secret(name, sources.type, entries, sources['append-hash']);
  },
});

function secret(name: string, type: string, entries: readonly Entry[], hashed: boolean): Draft {
  const data: Record<string, string> = {};
  for (const { key, value } of entries) {
    const findings = isConfigMapKey(key);
    if (findings.length > 0) throw new UsageError(`${JSON.stringify(key)} is not valid key name for a Secret ${findings.join(';')}`);
    if (key in data) throw new UsageError(`cannot add key ${key}, another key by that name already exists`);
    data[key] = value.toString('base64');
  }
  const metadata = hashed ? { name: `${name}-${contentHash({ kind: 'Secret', type, name, data })}` } : {};
  return { apiVersion: 'v1', kind: 'Secret', metadata, data, type };
}

const tls = defineGenerator({
  name: 'tls',
  failure,
  flags: { ...hashFlag, cert: string('', 'File with the certificate.'), key: string('', 'File with its private key.') },
  help: {
    usage: 'tls NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
    short: 'Create a TLS secret',
    examples: [['A certificate and its key', 'kubectl create secret tls tls-secret --cert=path/to/tls.crt --key=path/to/tls.key']],
  },
  build(kubectl, name, options) {
    if (!options.key || !options.cert) throw new UsageError('key and cert must be specified');
    const [cert, key] = [readPem(kubectl, options.cert), readPem(kubectl, options.key)];
    checkKeyPair(cert, key);
    const entries = [
      { key: 'tls.crt', value: cert },
      { key: 'tls.key', value: key },
    ];
    return secret(name, 'kubernetes.io/tls', entries, options['append-hash']);
  },
});

function readPem(kubectl: Invocation, path: string): Buffer {
  try {
    return kubectl.readFile(path);
  } catch (error) {
    throw new UsageError(`Cannot read file ${path}, ${messageOf(error)}`);
  }
}

/** As Go's tls.X509KeyPair. */
function checkKeyPair(cert: Buffer, key: Buffer): void {
  const blocks = (text: Buffer) => [...text.toString().matchAll(/-----BEGIN ([^-]+)-----/g)].map(([, label = '']) => label);
  const [certBlocks, keyBlocks] = [blocks(cert), blocks(key)];
  if (!certBlocks.includes('CERTIFICATE')) throw new UsageError(missingBlock('certificate', certBlocks, 'CERTIFICATE'));
  if (!keyBlocks.some((label) => label === 'PRIVATE KEY' || label.endsWith(' PRIVATE KEY'))) {
    throw new UsageError(missingBlock('key', keyBlocks, 'PRIVATE KEY'));
  }
  const publicKey = parsed(() => new X509Certificate(cert).publicKey, 'x509: malformed certificate');
  const ownKey = parsed(() => createPublicKey(createPrivateKey(key)), 'tls: failed to parse private key');
  if (publicKey.asymmetricKeyType !== ownKey.asymmetricKeyType) throw new UsageError('tls: private key type does not match public key type');
  if (!publicKey.equals(ownKey)) throw new UsageError('tls: private key does not match public key');
}

function missingBlock(what: string, found: readonly string[], wanted: string): string {
  if (found.length === 0) return `tls: failed to find any PEM data in ${what} input`;
  if (what === 'certificate' && found.some((label) => label.endsWith('PRIVATE KEY')))
    return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  if (what === 'key' && found.includes('CERTIFICATE')) {
    return 'tls: found a certificate rather than a key in the PEM for the private key';
  }
  const ending = wanted === 'CERTIFICATE' ? '"CERTIFICATE"' : 'ending in "PRIVATE KEY"';
  const names = `[${found.join(' ')}]`;
  return wanted === 'CERTIFICATE'
    ? `tls: failed to find ${ending} PEM block in certificate input after skipping PEM blocks of the following types: ${names}`
    : `tls: failed to find PEM block with type ${ending} in key input after skipping PEM blocks of the following types: ${names}`;
}

function parsed<T>(parse: () => T, complaint: string): T {
  try {
    return parse();
  } catch {
    throw new UsageError(complaint);
  }
}

const configKey = '.dockerconfigjson';

const dockerRegistry = defineGenerator({
  name: 'docker-registry',
  failure,
  flags: {
    ...hashFlag,
    'docker-email': string('', 'Mail address for the registry.'),
    'docker-password': string('', 'Password for the registry.'),
    'docker-server': string('', 'Address of the registry.', { default: 'https://index.docker.io/v1/' }),
    'docker-username': string('', 'User name for the registry.'),
    'from-file': strings('', `Docker configuration file; its key is ${configKey}.`),
  },
  help: {
    usage:
      'docker-registry NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
    short: 'Create a secret for use with a Docker registry',
    examples: [
      [
        'Credentials of a registry',
        'kubectl create secret docker-registry my-secret --docker-server=DOCKER_REGISTRY_SERVER --docker-username=DOCKER_USER --docker-password=DOCKER_PASSWORD --docker-email=DOCKER_EMAIL',
      ],
      ['An existing configuration', 'kubectl create secret docker-registry my-secret --from-file=path/to/.docker/config.json'],
    ],
  },
  build(kubectl, name, options) {
    const { 'docker-username': username, 'docker-password': password, 'docker-server': server, 'docker-email': email } = options;
    const files = options['from-file'].map((source) => (source.includes('=') ? source : `${configKey}=${source}`));
    if (files.length === 0 && (!username || !password || !server)) {
      throw new UsageError('either --from-file or the combination of --docker-username, --docker-password and --docker-server is required');
    }
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    const config = JSON.stringify({ auths: { [server]: { username, password, ...(email ? { email } : {}), auth } } });
    const entries = files.length > 0 ? files.flatMap((source) => fileEntries(kubectl, source)) : [{ key: configKey, value: Buffer.from(config) }];
    return secret(name, 'kubernetes.io/dockerconfigjson', entries, options['append-hash']);
  },
});

export const createSecret = defineVerb({
  name: 'secret',
  flags: {},
  help: { usage: 'secret (docker-registry | generic | tls)', short: 'Create a secret using a specified subcommand' },
  subverbs: [dockerRegistry, tls, generic],
});
