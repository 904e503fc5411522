/** Always for `:latest` or no tag at all, IfNotPresent otherwise. */
export function pullPolicyFor(image = ''): string {
  const [reference = ''] = image.split('@');
  if (image.includes('@') && !/:[^/]*$/.test(reference)) return 'IfNotPresent';
  const tag = /:([^/:]*)$/.exec(reference)?.[1];
  return image !== '' && (tag === undefined || tag === 'latest') ? 'Always' : 'IfNotPresent';
}
