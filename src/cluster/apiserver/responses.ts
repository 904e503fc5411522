import type { ApiResponse } from '../../api/client/transport.ts';
import type { StatusError } from '../../api/machinery/status-error.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

export const jsonResponse = (body: unknown, status = 200): ApiResponse => ({ status, headers: JSON_TYPE, body });

export const textResponse = (body: string, status = 200): ApiResponse => ({ status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body });

export const notFoundPage = (): ApiResponse => textResponse('404 page not found\n', 404);

export const errorResponse = ({ status, code }: StatusError): ApiResponse => {
  const retry = status.details?.retryAfterSeconds;
  return { status: code, headers: retry ? { ...JSON_TYPE, 'retry-after': String(retry) } : JSON_TYPE, body: status };
};
