import { useStdin } from 'ink';
import { useEffect, useRef } from 'react';

/** Hands over what is typed exactly as the terminal sent it; ink's own key parsing would lose what a shell needs. */
export function useRawInput(listener: (chunk: string) => void): void {
  const { setRawMode, internal_eventEmitter: emitter } = useStdin();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const onInput = (chunk: string | Buffer) => latest.current(String(chunk));
    setRawMode(true);
    emitter.on('input', onInput);
    return () => {
      emitter.off('input', onInput);
      setRawMode(false);
    };
  }, [setRawMode, emitter]);
}
