/** An image reference as containerd reads it. */
export interface ImageReference {
  /** As it stands in the pod's spec. */
  readonly text: string;
  readonly registry: string;
  /** `library/nginx`. */
  readonly repository: string;
  readonly tag: string;
  readonly digest: string | undefined;
}

const NAME = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** Undefined when it is no valid reference (the kubelet's InvalidImageName). */
export function parseImage(text: string): ImageReference | undefined {
  const [beforeDigest = '', digest] = text.split('@');
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined;
  const slash = beforeDigest.indexOf('/');
  const first = slash < 0 ? '' : beforeDigest.slice(0, slash);
  const hasRegistry = first.includes('.') || first.includes(':') || first === 'localhost';
  const registry = hasRegistry ? first : 'docker.io';
  const rest = hasRegistry ? beforeDigest.slice(slash + 1) : beforeDigest;
  const colon = rest.lastIndexOf(':');
  const name = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? 'latest' : rest.slice(colon + 1);
  if (!NAME.test(name) || !TAG.test(tag)) return undefined;
  const repository = registry === 'docker.io' && !name.includes('/') ? `library/${name}` : name;
  return { text, registry, repository, tag, digest };
}

/** `docker.io/library/nginx:1.27`, as containerd and the container's status name it. */
export const canonicalName = ({ registry, repository, tag, digest }: ImageReference): string =>
  `${registry}/${repository}${digest ? `@${digest}` : `:${tag}`}`;

/** Names under which an image's definition may list this repository. */
export function definitionNames({ registry, repository }: ImageReference): string[] {
  if (registry === 'docker.io') return repository.startsWith('library/') ? [repository.slice(8)] : [repository];
  return [`${registry}/${repository}`];
}
