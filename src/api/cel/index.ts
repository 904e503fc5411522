export type { Environment } from './check.ts';
export { type Compilation, compile, type Program } from './compile.ts';
export type { Activation } from './evaluate.ts';
export { AUTHORIZER_TYPE, authorizerValue, RESOURCE_CHECK_TYPE } from './functions/authorizers.ts';
export { mentions } from './mentions.ts';
export { escapeName, fromJson, toJson } from './native.ts';
export {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  formatType,
  INT,
  listOf,
  mapOf,
  objectType,
  optionalOf,
  STRING,
  TIMESTAMP,
} from './types.ts';
export { CelError, CelMap, CelOptional, type CelValue } from './values.ts';
