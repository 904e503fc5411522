import { type Key, parseKeys } from '../keys.ts';
import { useRawInput } from './use-raw-input.ts';

/** Calls `onKey` for every key pressed. */
export function useKeys(onKey: (key: Key) => void): void {
  useRawInput((chunk) => {
    for (const key of parseKeys(chunk)) onKey(key);
  });
}
