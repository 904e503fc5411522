import type { PlainObject } from '../../../../api/machinery/json.ts';
import type { KubeconfigEditor } from '../../config/edit.ts';
import type { Section } from '../../config/kubeconfig.ts';
import { UsageError } from '../../errors.ts';
import { bool } from '../../flags/flag.ts';
import { defineConfigVerb } from './define-config-verb.ts';

const strings = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'string']));

/** What may be set, by section; names of entries may hold dots, so a path is cut at a known field. */
const fields: Readonly<Record<Section, Readonly<Record<string, string>>>> = {
  clusters: {
    ...strings('server', 'tls-server-name', 'certificate-authority', 'proxy-url'),
    'certificate-authority-data': 'bytes',
    'insecure-skip-tls-verify': 'bool',
    'disable-compression': 'bool',
  },
  contexts: strings('cluster', 'user', 'namespace'),
  users: {
    ...strings('client-certificate', 'client-key', 'token', 'tokenFile', 'username', 'password', 'act-as', 'as'),
    'client-certificate-data': 'bytes',
    'client-key-data': 'bytes',
  },
};

interface Place {
  readonly section: Section;
  readonly name: string;
  readonly field: string | undefined;
}

function placeOf(path: string): Place | 'current-context' {
  if (path === 'current-context') return path;
  const [section = '', ...rest] = path.split('.');
  if (section !== 'clusters' && section !== 'contexts' && section !== 'users') {
    throw new UsageError(`unable to parse ${path} after [] at api.Config`);
  }
  const at = rest.findIndex((part, i) => i > 0 && fields[section][part] !== undefined);
  return { section, name: (at < 0 ? rest : rest.slice(0, at)).join('.'), field: at < 0 ? undefined : rest[at] };
}

export const setProperty = defineConfigVerb({
  name: 'set',
  usage: 'set PROPERTY_NAME PROPERTY_VALUE',
  short: 'Set an individual value in a kubeconfig file',
  examples: [["A cluster's address", 'kubectl config set clusters.my-cluster.server https://1.2.3.4']],
  flags: { 'set-raw-bytes': bool('', 'The value is base64 of the bytes to store.') },
  arity: 2,
  async run(kubectl, editor, options) {
    const [path = '', value = ''] = kubectl.args;
    if (!path) throw new UsageError('you must specify a property');
    if (!value) throw new UsageError('you cannot use set to unset a property');
    const place = placeOf(path);
    if (place === 'current-context') editor.setCurrentContext(value);
    else setField(editor, place, value, options['set-raw-bytes']);
    await kubectl.print(`Property ${JSON.stringify(path)} set.\n`);
  },
});

function setField(editor: KubeconfigEditor, { section, name, field }: Place, value: string, rawBytes: boolean): void {
  if (field === undefined) throw new UsageError(`can't set a map to a value: map[]`);
  const type = fields[section][field];
  const before: PlainObject = editor.merged[section][name] ?? (section === 'contexts' ? { cluster: '', user: '' } : {});
  const stored = type === 'bool' ? value === 'true' : type === 'bytes' && !rawBytes ? Buffer.from(value).toString('base64') : value;
  editor.set(section, name, { ...before, [field]: stored });
}

export const unsetProperty = defineConfigVerb({
  name: 'unset',
  usage: 'unset PROPERTY_NAME',
  short: 'Unset an individual value in a kubeconfig file',
  examples: [['No current context', 'kubectl config unset current-context']],
  flags: {},
  arity: 1,
  async run(kubectl, editor) {
    const [path = ''] = kubectl.args;
    if (!path) throw new UsageError('you must specify a property');
    const place = placeOf(path);
    if (place === 'current-context') editor.setCurrentContext('');
    else unsetField(editor, place);
    await kubectl.print(`Property ${JSON.stringify(path)} unset.\n`);
  },
});

function unsetField(editor: KubeconfigEditor, { section, name, field }: Place): void {
  const entry = editor.requireEntry(section, name, `current map key \`${name}\` is invalid`);
  if (field === undefined) {
    editor.remove(section, name);
    return;
  }
  const { [field]: _gone, ...others } = entry;
  editor.set(section, name, others);
}
