import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FieldFacts } from './facts.ts';

/** Descriptions per definition: `''` holds the type's own, every other key a field's. */
export type Descriptions = Record<string, Record<string, string>>;

/** What the declarations lose: line breaks, the meanings of enum values. Where a text here is empty, the field has none of its own. */
type Repairs = Descriptions;

/** Reads the descriptions out of the type declarations of @kubernetes/client-node, whose models are generated from the same OpenAPI document. */
export function extractDescriptions(facts: FieldFacts, repairs: Repairs): Descriptions {
  const models = readModels();
  const result: Descriptions = {};
  for (const id of Object.keys(facts.definitions)) {
    const found = candidates(id)
      .map((name) => models.get(name))
      .find(Boolean);
    const mended = { ...found, ...repairs[id] };
    const kept = Object.entries(mended).filter(([, text]) => text !== '');
    if (kept.length > 0) result[id] = Object.fromEntries(kept);
  }
  return result;
}

function readModels(): Map<string, Record<string, string>> {
  const root = dirname(createRequire(import.meta.url).resolve('@kubernetes/client-node/package.json'));
  const folder = join(root, 'dist/gen/models');
  const files = readdirSync(folder).filter((f) => f.endsWith('.d.ts'));
  return new Map(files.map((file) => [file.slice(0, -'.d.ts'.length), parseModel(readFileSync(join(folder, file), 'utf8'))]));
}

function parseModel(source: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const match of source.matchAll(/\/\*\*\n((?:\s*\*(?!\/).*\n)*)\s*\*\/\n\s*(?:'([^']+)'|export declare class)/g)) {
    found[match[2] ?? ''] = (match[1] ?? '')
      .split('\n')
      .map((line) => line.replace(/^\s*\* ?/, ''))
      .join('\n')
      .replace(/\\(["'\\])/g, '$1')
      .trim();
  }
  return found;
}

/** The model's name is version + kind; types that two groups share carry the group in front (CoreV1Event). */
function candidates(id: string): string[] {
  const segments = id.split('.');
  const [group = '', version = '', base = ''] = segments.slice(-3);
  const capital = (s: string) => s.slice(0, 1).toUpperCase() + s.slice(1);
  return [capital(group) + capital(version) + base, capital(version) + base, base];
}
