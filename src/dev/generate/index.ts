import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Descriptions, extractDescriptions } from './descriptions.ts';
import type { FieldFacts } from './facts.ts';
import { renderMessages } from './protobuf-messages.ts';
import { renderTypes } from './types.ts';

/**
 * Writes everything under src/api/schema/generated: the TypeScript types and the field descriptions, both keyed by OpenAPI definition;
 * given a checkout of Kubernetes, its protobuf messages too.
 */
const here = new URL('../../api/schema/', import.meta.url);
const facts = JSON.parse(readFileSync(new URL('facts/fields.json', here), 'utf8')) as FieldFacts;
const repairs = JSON.parse(readFileSync(new URL('facts/description-repairs.json', here), 'utf8')) as Descriptions;
mkdirSync(new URL('generated/', here), { recursive: true });
writeFileSync(new URL('generated/types.ts', here), renderTypes(facts));
writeFileSync(new URL('generated/descriptions.json', here), JSON.stringify(extractDescriptions(facts, repairs)));
const [checkout] = process.argv.slice(2);
if (checkout) writeFileSync(new URL('../../server/protobuf/messages.ts', import.meta.url), renderMessages(checkout, facts));
