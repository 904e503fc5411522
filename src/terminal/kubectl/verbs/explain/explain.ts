import { crdSchema } from '../../../../api/schema/crd-schema.ts';
import { kindSchema } from '../../../../api/schema/definitions.ts';
import type { CustomResourceDefinition } from '../../../../api/schema/generated/types.ts';
import type { Schema } from '../../../../api/schema/schema.ts';
import type { Mapping } from '../../client/discovery.ts';
import { completeTypes } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { PlainError, UsageError } from '../../errors.ts';
import { bool, string } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { explainPath } from './describe-path.ts';
import { explainPathV2 } from './openapi-v2.ts';

export const explain = defineVerb({
  name: 'explain',
  group: 'Basic Commands (Intermediate)',
  flags: {
    'api-version': string('', 'API version to explain: group/version.'),
    output: string('o', 'plaintext or plaintext-openapiv2.', { default: 'plaintext', values: ['plaintext', 'plaintext-openapiv2'] }),
    recursive: bool('', 'Print the names of all fields below.'),
  },
  help: {
    usage: 'explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
    short: 'Get documentation for a resource',
    long: 'Describes the fields of a resource. A field is named by its path: TYPE.fieldName.fieldName.',
    examples: [
      ['A resource and its fields', 'kubectl explain pods'],
      ['One field', 'kubectl explain pods.spec.containers'],
      ['All fields below', 'kubectl explain deployment.spec --recursive'],
    ],
  },
  complete: completeTypes,
  validate(kubectl) {
    if (kubectl.args.length === 0) {
      throw new UsageError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    if (kubectl.args.length > 1) throw new UsageError('We accept only this format: explain RESOURCE\n');
  },
  async run(kubectl, options) {
    const { mapping, fields } = await requested(kubectl, options['api-version']);
    const schema = await schemaOf(kubectl, mapping);
    if (!schema) throw new UsageError(`GVR (${mapping.group}/${mapping.version}, Resource=${mapping.resource}) not found in OpenAPI schema`);
    if (options.output === 'plaintext-openapiv2') return printV2(kubectl, schema, { mapping, fields, recursive: options.recursive });
    await kubectl.print(`${mapping.group ? `GROUP:      ${mapping.group}\n` : ''}KIND:       ${mapping.kind}\nVERSION:    ${mapping.version}\n\n`);
    const text = explainPath(schema, fields, options.recursive);
    if (text === undefined) throw new UsageError(`field ${JSON.stringify(fields.at(-1))} does not exist`);
    await kubectl.print(`${text}\n`);
    return undefined;
  },
});

interface Wanted {
  readonly mapping: Mapping;
  readonly fields: readonly string[];
  readonly recursive: boolean;
}

async function printV2(kubectl: Invocation, schema: Schema, { mapping, fields, recursive }: Wanted): Promise<undefined> {
  const { group, version, kind } = mapping;
  const groupVersion = group ? `${group}/${version}` : version;
  const text = explainPathV2(schema, { kind, groupVersion, path: fields, recursive });
  if (text === undefined) throw new UsageError(`field ${JSON.stringify(fields.at(-1))} does not exist`);
  await kubectl.print(text);
}

/** `deployments.apps.spec.replicas`: as much of it as names a resource, the rest is a path. */
async function requested(kubectl: Invocation, apiVersion: string): Promise<{ mapping: Mapping; fields: readonly string[] }> {
  const parts = (kubectl.args[0] ?? '').split('.').filter(Boolean);
  const mapper = await kubectl.mapper;
  const [type = ''] = parts;
  for (let end = parts.length; end > 1; end--) {
    const group = parts.slice(1, end).join('.');
    const found = mapper.all.some((mapping) => mapping.group === group) ? mapper.find(`${type}.${group}`) : undefined;
    if (found) return { mapping: inVersion(mapper.all, found, apiVersion), fields: parts.slice(end) };
  }
  const mapping = mapper.find(type);
  if (!mapping) throw new PlainError(`the server doesn't have a resource type ${JSON.stringify(type)}`);
  return { mapping: inVersion(mapper.all, mapping, apiVersion), fields: parts.slice(1) };
}

function inVersion(all: readonly Mapping[], mapping: Mapping, apiVersion: string): Mapping {
  if (!apiVersion) return mapping;
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const found = all.find((one) => one.resource === mapping.resource && one.group === group && one.version === version);
  if (!found) throw new UsageError(`couldn't find resource for "${apiVersion}, Resource=${mapping.resource}"`);
  return found;
}

async function schemaOf(kubectl: Invocation, { group, version, kind, resource }: Mapping): Promise<Schema | undefined> {
  const known = kindSchema(group, version, kind);
  if (known) return known;
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${resource}.${group}`;
  const definition = (await kubectl.api.get(path)) as unknown as CustomResourceDefinition;
  return crdSchema(definition.spec?.versions?.find(({ name }) => name === version)?.schema?.openAPIV3Schema);
}
