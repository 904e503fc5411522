import { humanDuration } from '../../api/machinery/duration.ts';

/** As upstream's printers show an age in a table. */
export const shortAge = (time: string | undefined, now: number): string => (time ? humanDuration(now - Date.parse(time)) : '<unknown>');
