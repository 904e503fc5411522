import { authorizers } from './authorizers.ts';
import { conversions } from './conversions.ts';
import type { Overload } from './define-functions.ts';
import { lists } from './lists.ts';
import { maths } from './maths.ts';
import { networks, urls } from './networks.ts';
import { operators } from './operators.ts';
import { optionals } from './optionals.ts';
import { quantities } from './quantities.ts';
import { strings } from './strings.ts';
import { times } from './times.ts';

const groups = new Map<string, Overload[]>();
for (const overload of [operators, strings, lists, conversions, times, optionals, maths, networks, urls, quantities, authorizers].flat()) {
  const key = `${overload.isMember ? '.' : ''}${overload.name}`;
  groups.set(key, [...(groups.get(key) ?? []), overload]);
}

/** Everything that a name may call: as a method of its first argument, or on its own. */
export const overloadsOf = (name: string, isMember: boolean): readonly Overload[] => groups.get(`${isMember ? '.' : ''}${name}`) ?? [];

export const isKnownFunction = (name: string): boolean => groups.has(name) || groups.has(`.${name}`);
