import { isoTime } from '../../clock/index.ts';
import type { ContainerLog, LogLine } from './container-log.ts';
import type { LogRequest } from './kubelet-api.ts';

const encoder = new TextEncoder();

/** The lines of a log that a request asks for, as they come. */
export async function* readLog(log: ContainerLog, request: LogRequest, now: number): AsyncIterable<Uint8Array> {
  const since = startOf(request, now);
  const first = log.lines.filter((line) => line.time >= since);
  const tail = request.tailLines === undefined ? first : request.tailLines === 0 ? [] : first.slice(-request.tailLines);
  let left = request.limitBytes ?? Number.POSITIVE_INFINITY;
  let next = log.dropped + log.lines.length;
  for (const chunk of tail.map((line) => format(line, request.timestamps))) {
    if (chunk.length >= left) {
      yield chunk.slice(0, left);
      return;
    }
    left -= chunk.length;
    yield chunk;
  }
  while (request.follow && !request.signal?.aborted) {
    while (next < log.dropped + log.lines.length) {
      const line = log.lines[Math.max(0, next - log.dropped)];
      next++;
      if (!line) continue;
      const chunk = format(line, request.timestamps);
      yield chunk.slice(0, left);
      left -= chunk.length;
      if (left <= 0) return;
    }
    if (log.closed) return;
    await nextChange(log, request.signal);
  }
}

function startOf({ sinceSeconds, sinceTime }: LogRequest, now: number): number {
  if (sinceTime) return Date.parse(sinceTime);
  return sinceSeconds === undefined ? Number.NEGATIVE_INFINITY : now - sinceSeconds * 1000;
}

function format({ time, text }: LogLine, timestamps: boolean): Uint8Array {
  return encoder.encode(timestamps ? `${nanoTime(time)} ${text}` : text);
}

/** As containerd stamps lines: nine digits below the second. */
export const nanoTime = (time: number): string => isoTime(time).replace('Z', `.${String(Math.floor(time % 1000)).padStart(3, '0')}000000Z`);

function nextChange(log: ContainerLog, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stop();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const stop = log.onChange(done);
    signal?.addEventListener('abort', done, { once: true });
  });
}
