import { useRef } from 'react';
import { type Key, KeyParser } from '../keys.ts';
import { useRawInput } from './use-raw-input.ts';

/** Calls `onKey` for every key pressed. */
export function useKeys(onKey: (key: Key) => void): void {
  const parser = useRef(new KeyParser());
  useRawInput((chunk) => {
    for (const key of parser.current.parse(chunk)) onKey(key);
  });
}
