import type { Result, TaskResult } from '../trainer/history/result.ts';

/** `1:07:05`, or `12:40` under an hour. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Whole per cents, with one decimal where there is one. */
export const percent = (value: number): string => `${Number(value.toFixed(1))} %`;

/** `▇▇▇▇░░`: a share from 0 to 1. */
export const bar = (share: number, width: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
};

/** `5.6/7`: what a task earned of its weight. */
export const points = ({ weight, share }: TaskResult): string => `${Number((weight * share).toFixed(1))}/${weight}`;

export const dayOf = (result: Result): string => result.attempt.startedAt.slice(0, 16).replace('T', ' ');
