import type { Key } from '../keys.ts';
import type { Vi } from './state.ts';
import { type Dialogue, nextKey } from './typing.ts';

export function* recordMacro(vi: Vi): Dialogue<boolean> {
  if (vi.macro) {
    vi.registers.set(`@${vi.macro.register}`, { text: JSON.stringify(vi.macro.keys.slice(0, -1)), linewise: false });
    vi.macro = undefined;
    return false;
  }
  vi.macro = { register: yield* nextKey(vi), keys: [] };
  return false;
}

export function* playMacro(vi: Vi, times: number): Dialogue<boolean | undefined> {
  const name = yield* nextKey(vi);
  const stored = vi.registers.get(name === '@' ? '@@' : `@${name}`);
  if (!stored) return undefined;
  vi.registers.set('@@', stored);
  const keys = JSON.parse(stored.text) as Key[];
  for (let i = 0; i < Math.min(times, 1000); i++) vi.queue.push(...keys);
  return undefined;
}
