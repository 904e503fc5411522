import { useRef, useState } from 'react';

/** Which of `count` things is chosen. Keys may come faster than frames, so `current` is ahead of what was last drawn. */
export function useChoice(count: number): { chosen: number; move: (by: number) => void; current: () => number } {
  const latest = useRef(0);
  const [, draw] = useState(0);
  const clamp = (index: number) => Math.max(0, Math.min(count - 1, index));
  return {
    chosen: clamp(latest.current),
    current: () => clamp(latest.current),
    move: (by) => {
      latest.current = clamp(latest.current + by);
      draw((n) => n + 1);
    },
  };
}
