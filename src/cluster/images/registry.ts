import { hash, Random } from '../../clock/index.ts';
import type { ImageDefinition } from './define-image.ts';
import { canonicalName, definitionNames, type ImageReference, parseImage } from './reference.ts';

export interface Image {
  readonly reference: ImageReference;
  /** `docker.io/library/nginx:1.27`. */
  readonly name: string;
  readonly definition: ImageDefinition;
  readonly size: number;
  /** `docker.io/library/nginx@sha256:…`. */
  readonly id: string;
}

export type PullResult = Image | { readonly error: string };

export interface RegistryOptions {
  readonly definitions: readonly ImageDefinition[];
  /** What stands for images that nobody described; without it they are not found. */
  readonly anything?: ImageDefinition;
}

const KNOWN_REGISTRIES = new Set([
  'docker.io',
  'registry.k8s.io',
  'quay.io',
  'gcr.io',
  'ghcr.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
  'k8s.gcr.io',
]);
const NONSENSE =
  /^(?:broken|bad|wrong|invalid|nope|none|fake|typo|missing|error|does-?not-?exist|nonexist\w*|not-?found|no-?such.*)|(?:nonexist|does-?not-?exist|notfound|doesnotexist)/i;

/** All the registries of the world, as far as this one has them. */
export class ImageRegistry {
  readonly #byName = new Map<string, ImageDefinition>();
  readonly #anything: ImageDefinition | undefined;

  constructor({ definitions, anything }: RegistryOptions) {
    this.#anything = anything;
    for (const definition of definitions) for (const name of definition.names) this.#byName.set(name, definition);
  }

  pull(text: string): PullResult {
    const reference = parseImage(text);
    if (!reference) return { error: `couldn't parse image name "${text}": invalid reference format` };
    const known = definitionNames(reference).map((name) => this.#byName.get(name));
    const definition = known.find((d) => d !== undefined) ?? (NONSENSE.test(reference.repository) ? undefined : this.#anything);
    if (!definition) return { error: this.#unknown(reference) };
    if (!reference.digest && !hasTag(definition, reference.tag)) return { error: notFound(reference) };
    const digest = reference.digest ?? `sha256:${digestOf(canonicalName(reference))}`;
    return {
      reference,
      name: canonicalName(reference),
      definition,
      size: definition.size ?? 20_000_000 + (hash(text) % 30_000_000),
      id: `${reference.registry}/${reference.repository}@${digest}`,
    };
  }

  #unknown(reference: ImageReference): string {
    const name = canonicalName(reference);
    const head = `rpc error: code = Unknown desc = failed to pull and unpack image "${name}": failed to resolve reference "${name}": `;
    if (reference.registry === 'docker.io') {
      return `${head}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
    }
    if (KNOWN_REGISTRIES.has(reference.registry)) return notFound(reference);
    const host = reference.registry;
    const url = `https://${host}/v2/${reference.repository}/manifests/${reference.tag}`;
    return `${head}failed to do request: Head "${url}": dial tcp: lookup ${host.split(':')[0]} on 192.168.100.1:53: no such host`;
  }
}

function notFound(reference: ImageReference): string {
  const name = canonicalName(reference);
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${name}: not found`;
}

/** A tag that the image lists, or one that could be: made-up versions pull, words of another kind do not. */
function hasTag(definition: ImageDefinition, tag: string): boolean {
  if (definition.tags?.includes(tag)) return true;
  if (definition.anyTag === false) return definition.tags === undefined;
  if (NONSENSE.test(tag)) return false;
  const version = /^v?(\d+)/.exec(tag);
  if (version) return Number(version[1]) < 99 || /^20\d\d/.test(tag);
  return (
    /^(?:latest|stable|edge|alpine|slim|mainline|lts|main|master|musl|glibc|uclibc|fpm|perl|bullseye|bookworm|buster|jammy|noble|focal|trixie)/.test(
      tag,
    ) || definition.tags === undefined
  );
}

function digestOf(name: string): string {
  return new Random(name).hex(64);
}
