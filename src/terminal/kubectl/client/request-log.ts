import { STATUS_CODES } from 'node:http';
import type { ApiRequest, ApiResponse } from '../../../api/client/transport.ts';
import type { Process } from '../../../machine/index.ts';

/** From this verbosity on (-v=6) every request is told. */
const REQUESTS = 6;

export type RequestLog = (request: ApiRequest, response: ApiResponse, milliseconds: number) => Promise<void>;

/** What klog prints of requests; undefined below their verbosity. */
export function requestLog(process: Process, { verbosity, server }: { verbosity: number; server: string }): RequestLog | undefined {
  if (verbosity < REQUESTS) return undefined;
  return (request, { status }, milliseconds) => {
    const url = `${server}${request.path}${queryText(request.query)}`;
    const line = `"Response" verb="${request.method}" url="${url}" status="${status} ${STATUS_CODES[status] ?? ''}" milliseconds=${Math.round(milliseconds)}`;
    return process.error(`${klogHeader(process)} round_trippers.go:632] ${line}\n`);
  };
}

/** `I1121 01:04:11.123456    1234`. */
function klogHeader({ clock, pid }: Process): string {
  const [date = '', time = ''] = new Date(clock.now()).toISOString().split('T');
  return `I${date.slice(5).replace('-', '')} ${time.replace('Z', '')}000 ${String(pid).padStart(7)}`;
}

function queryText(query: ApiRequest['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]));
  return pairs.length > 0 ? `?${new URLSearchParams(pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))}` : '';
}
