import { isPlainObject, type PlainObject, toGoJson } from '../../../api/machinery/json.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { parseApiVersion } from '../../../api/machinery/object.ts';
import { toYaml } from '../../../api/machinery/yaml.ts';
import { UsageError } from '../errors.ts';
import { customColumns } from './custom-columns.ts';
import { goTemplate, jsonPath, jsonPathAsJson } from './expressions.ts';
import { toKyaml } from './kyaml.ts';

/** Prints one object (or a List) after the other; documents of YAML are separated. */
export type ObjectPrinter = (object: KubeObject) => string;

export interface PrintOptions {
  readonly output: string;
  readonly template?: string;
  readonly allowMissingKeys?: boolean;
  readonly showManagedFields?: boolean;
  readonly noHeaders?: boolean;
  /** What was done to the object, for `-o name` and the default sentence: `created`. */
  readonly operation?: string;
  readonly dryRun?: 'none' | 'client' | 'server';
  /** Formats that this command lacks: `custom-columns` for most. */
  readonly columns?: boolean;
  readFile(path: string): string;
}

const templateFormats = ['go-template', 'go-template-file', 'template', 'templatefile', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file'];
const plainFormats = ['json', 'kyaml', 'name', 'yaml'];

/** The printer for an -o value; undefined where the command's own text is asked for. */
export function objectPrinter(options: PrintOptions): ObjectPrinter {
  const { format, argument } = splitFormat(options);
  switch (format) {
    case '':
      return (object) => nameLine(object, options);
    case 'name':
      return (object) =>
        items(object)
          .map((item) => `${nameOf(item)}\n`)
          .join('');
    case 'json':
      return (object) => `${toGoJson(stripped(object, options), 4)}\n`;
    case 'yaml':
      return documents('---\n', (object) => toYaml(stripped(object, options)));
    case 'kyaml':
      return documents('', (object) => toKyaml(stripped(object, options)));
    case 'custom-columns':
    case 'custom-columns-file':
      return customColumns(
        format === 'custom-columns' ? argument : columnsFile(options, argument),
        format,
        format === 'custom-columns' && (options.noHeaders ?? false),
      );
    default:
      return templatePrinter(format, argument, options);
  }
}

/** `jsonpath={.a}` → format and argument; `--template` alone means go-template. */
function splitFormat({ output, template = '', columns }: PrintOptions): { format: string; argument: string } {
  const given = output || (template ? 'go-template' : '');
  const format = [...templateFormats, 'custom-columns-file', 'custom-columns'].find((name) => given === name || given.startsWith(`${name}=`));
  if (format?.startsWith('custom-columns') && !columns) throw unsuitable(given, columns);
  if (format) return { format, argument: given.slice(format.length + 1) || (format.startsWith('custom') ? '' : template) };
  if (given !== '' && !plainFormats.includes(given)) throw unsuitable(given, columns);
  return { format: given, argument: '' };
}

function unsuitable(given: string, columns: boolean | undefined): UsageError {
  const allowed = [...(columns ? ['custom-columns', 'custom-columns-file', 'wide'] : []), ...templateFormats, ...plainFormats].sort();
  return new UsageError(
    `unable to match a printer suitable for the output format ${JSON.stringify(given)}, allowed formats are: ${allowed.join(',')}`,
  );
}

function templatePrinter(format: string, argument: string, options: PrintOptions): ObjectPrinter {
  if (!argument) throw new UsageError(`template format specified but no template given`);
  const text = format.endsWith('file') ? templateFile(options, argument) : argument;
  const missingAllowed = options.allowMissingKeys ?? true;
  if (format === 'jsonpath-as-json') return (object) => jsonPathAsJson(text, stripped(object, options), missingAllowed);
  if (format.startsWith('jsonpath')) return (object) => jsonPath(text, stripped(object, options), missingAllowed);
  return (object) => goTemplate(text, stripped(object, options));
}

function templateFile(options: PrintOptions, path: string): string {
  try {
    return options.readFile(path);
  } catch (error) {
    throw new UsageError(`error reading --template ${path}, ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function columnsFile(options: PrintOptions, path: string): string {
  if (!path) return '';
  const [headers = '', templates = ''] = options.readFile(path).split('\n');
  const fields = templates.trim().split(/\s+/);
  return headers
    .trim()
    .split(/\s+/)
    .map((header, i) => `${header}:${fields[i] ?? ''}`)
    .join(',');
}

function documents(separator: string, print: (object: KubeObject) => string): ObjectPrinter {
  let first = true;
  return (object) => {
    const text = `${first ? '' : separator}${print(object)}`;
    first = false;
    return text;
  };
}

const items = (object: KubeObject): readonly KubeObject[] =>
  Array.isArray(object.items) && object.kind.endsWith('List') ? (object.items as KubeObject[]) : [object];

/** `deployment.apps/web`. */
export function nameOf(object: KubeObject): string {
  const { group } = parseApiVersion(object.apiVersion);
  return `${object.kind.toLowerCase()}${group ? `.${group}` : ''}/${object.metadata.name ?? ''}`;
}

const dryRunNote = { none: '', client: ' (dry run)', server: ' (server dry run)' } as const;

function nameLine(object: KubeObject, { operation = '', dryRun = 'none' }: PrintOptions): string {
  return `${nameOf(object)}${operation ? ` ${operation}` : ''}${dryRunNote[dryRun]}\n`;
}

function stripped(object: KubeObject, { showManagedFields }: PrintOptions): KubeObject {
  if (showManagedFields) return object;
  const clean = withoutManagedFields(object);
  return Array.isArray(clean.items)
    ? ({ ...clean, items: clean.items.map((item) => (isPlainObject(item) ? withoutManagedFields(item) : item)) } as unknown as KubeObject)
    : (clean as KubeObject);
}

function withoutManagedFields(object: PlainObject): PlainObject {
  if (!isPlainObject(object.metadata) || !('managedFields' in object.metadata)) return object;
  const { managedFields: _fields, ...metadata } = object.metadata;
  return { ...object, metadata };
}
