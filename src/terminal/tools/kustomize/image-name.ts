import type { ImageEntry } from './kustomization.ts';

/** The image under its new name, tag or digest, if it is the one meant. */
export function renamedImage(image: string, { name, newName, newTag, tagSuffix, digest: newDigest }: ImageEntry): string {
  if (!isMeant(image, name)) return image;
  const before = split(image);
  const wanted = newTag === undefined ? '' : String(newTag);
  let { tag, digest } = before;
  if (wanted || newDigest) [tag, digest] = [wanted, newDigest ?? ''];
  else if (tagSuffix) [tag, digest] = [`${tag}${tagSuffix}`, ''];
  return `${newName || before.name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

/** The name given is a pattern. */
const isMeant = (image: string, name: string): boolean => new RegExp(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`).test(image);

function split(image: string): { name: string; tag: string; digest: string } {
  const at = image.indexOf('@');
  const [rest, digest] = at < 0 ? [image, ''] : [image.slice(0, at), image.slice(at + 1)];
  const colon = rest.lastIndexOf(':');
  return colon > rest.lastIndexOf('/') ? { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest } : { name: rest, tag: '', digest };
}
