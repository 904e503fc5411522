import type { Invocation } from '../../invocation.ts';

/** A container's name made of its image's: `registry/team/web_app:1` becomes `web-app-x2k4d`. */
export function containerName(kubectl: Invocation, image: string): string {
  const base = (image.split('/').at(-1) ?? '').split(':')[0]?.split('@')[0] ?? '';
  if (!/[_.]/.test(base)) return base;
  return `${base.replaceAll('_', '-').replaceAll('.', '-')}-${kubectl.process.clock.random.suffix(5)}`;
}

/** What stands behind the name: the command to run. */
export const commandOf = (kubectl: Invocation): readonly string[] | undefined => (kubectl.args.length > 1 ? kubectl.args.slice(1) : undefined);
