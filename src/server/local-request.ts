import type { IncomingMessage } from 'node:http';

const LOCAL = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/** A page in a browser, or a name that someone points at this computer, has no business here. */
export const isLocal = ({ headers }: IncomingMessage): boolean => headers.origin === undefined && LOCAL.test(headers.host ?? '');
