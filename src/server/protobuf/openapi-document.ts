import { boolField, bytesField, doubleField, textField, wholeField } from './wire.ts';

type Json = Readonly<Record<string, unknown>>;

/** As clients ask for it, and (with a character that MIME types allow) as it is answered. */
const ASKED = /^application\/com\.github\.proto-openapi\.spec\.v2[@.]v1\.0\+protobuf$/;
export const OPENAPI_PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** Whether the first form a client accepts is the protobuf of OpenAPI v2. */
export const wantsOpenApiProtobuf = (accept: string): boolean => ASKED.test((accept.split(',')[0] ?? '').split(';')[0]?.trim() ?? '');

export const isOpenApiDocument = (body: unknown): body is Json => isJson(body) && body.swagger === '2.0';

/** An OpenAPI v2 document as openapi.v2.Document of gnostic's OpenAPIv2.proto. */
export function encodeOpenApi({ swagger, info, paths, definitions }: Json): Buffer {
  return Buffer.concat([textField(1, swagger), one(2, info, infoMessage), one(8, paths, pathsMessage), one(9, definitions, schemasByName)]);
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const one = (number: number, value: unknown, message: (value: Json) => Buffer): Buffer =>
  bytesField(number, isJson(value) ? message(value) : undefined);

const each = (value: unknown, field: (item: unknown) => Buffer): Buffer => Buffer.concat((Array.isArray(value) ? value : []).map(field));

/** A map is written as a list of names with their values. */
const named = (number: number, values: Json, message: (value: Json) => Buffer): Buffer =>
  Buffer.concat(Object.entries(values).map(([name, value]) => bytesField(number, Buffer.concat([textField(1, name), one(2, value, message)]))));

/** Values of any type travel as YAML, of which JSON is a part. */
const anyMessage = (value: unknown): Buffer => textField(2, `${JSON.stringify(value)}\n`);

const any = (number: number, value: unknown): Buffer => bytesField(number, value === undefined ? undefined : anyMessage(value));

const extensions = (number: number, value: Json): Buffer =>
  Buffer.concat(
    Object.entries(value)
      .filter(([name]) => name.startsWith('x-'))
      .map(([name, member]) => bytesField(number, Buffer.concat([textField(1, name), any(2, member)]))),
  );

const infoMessage = (info: Json): Buffer => Buffer.concat([textField(1, info.title), textField(2, info.version)]);

const pathsMessage = (paths: Json): Buffer => named(2, paths, pathItem);

const METHODS = { get: 2, put: 3, post: 4, delete: 5, patch: 8 } as const;

const pathItem = (item: Json): Buffer => Buffer.concat(Object.entries(METHODS).map(([method, number]) => one(number, item[method], operation)));

const operation = (value: Json): Buffer =>
  Buffer.concat([
    textField(5, value.operationId),
    each(value.parameters, (parameter) => one(8, parameter, queryParameter)),
    one(9, value.responses, (responses) => named(1, responses, response)),
    extensions(13, value),
  ]);

/** ParametersItem › Parameter › NonBodyParameter › QueryParameterSubSchema. */
function queryParameter(value: Json): Buffer {
  const query = Buffer.concat([textField(2, value.in), textField(4, value.name), textField(6, value.type), boolField(20, value.uniqueItems)]);
  return bytesField(1, bytesField(2, bytesField(3, query)));
}

const response = (value: Json): Buffer => bytesField(1, textField(1, value.description));

const schemasByName = (schemas: Json): Buffer => named(1, schemas, schema);

function schema(value: Json): Buffer {
  return Buffer.concat([
    textField(1, value.$ref),
    textField(2, value.format),
    textField(3, value.title),
    textField(4, value.description),
    any(5, value.default),
    bounds(value),
    each(value.required, (name) => textField(19, name)),
    each(value.enum, (member) => any(20, member)),
    one(21, value.additionalProperties, (inner) => bytesField(1, schema(inner))),
    bytesField(22, value.type === undefined ? undefined : textField(1, value.type)),
    one(23, value.items, (inner) => bytesField(1, schema(inner))),
    each(value.allOf, (part) => one(24, part, schema)),
    one(25, value.properties, schemasByName),
    extensions(31, value),
  ]);
}

const bounds = (value: Json): Buffer =>
  Buffer.concat([
    doubleField(6, value.multipleOf),
    doubleField(7, value.maximum),
    boolField(8, value.exclusiveMaximum),
    doubleField(9, value.minimum),
    boolField(10, value.exclusiveMinimum),
    wholeField(11, value.maxLength),
    wholeField(12, value.minLength),
    textField(13, value.pattern),
    wholeField(14, value.maxItems),
    wholeField(15, value.minItems),
    boolField(16, value.uniqueItems),
    wholeField(17, value.maxProperties),
    wholeField(18, value.minProperties),
  ]);
