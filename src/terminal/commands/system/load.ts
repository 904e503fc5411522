import { strftime } from '../strftime.ts';
import { defineUtility, type Invocation } from '../utility.ts';

/** ` 12:00:00 up  1:02,  1 user,  load average: …`, the first line of uptime and of top. */
export function loadLine(u: Invocation): string {
  const { files, processes } = u.process.machine;
  const seconds = Number(files.readText('/proc/uptime').split(' ')[0]);
  const [one, five, fifteen] = files.readText('/proc/loadavg').split(' ');
  const users = new Set(processes.list().flatMap(({ tty, sid }) => (tty ? [sid] : []))).size;
  const clock = strftime('%H:%M:%S', u.process.clock.now());
  return `${clock} up ${upFor(seconds)},  ${users} user${users === 1 ? '' : 's'},  load average: ${one}, ${five}, ${fifteen}`;
}

function upFor(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const rest = hours > 0 ? `${String(hours).padStart(2)}:${String(minutes % 60).padStart(2, '0')}` : `${minutes % 60} min`;
  return days > 0 ? `${days} day${days === 1 ? '' : 's'}, ${rest}` : rest;
}

export const uptime = defineUtility({
  names: ['uptime'],
  options: 'p,pretty s,since',
  package: 'from procps-ng 4.0.4',
  async run(u) {
    const seconds = Number(u.process.machine.files.readText('/proc/uptime').split(' ')[0]);
    if (u.options.has('s')) return u.print(`${strftime('%Y-%m-%d %H:%M:%S', u.process.clock.now() - seconds * 1000)}\n`);
    if (u.options.has('p')) return u.print(`up ${pretty(Math.floor(seconds / 60))}\n`);
    await u.print(` ${loadLine(u)}\n`);
  },
});

function pretty(minutes: number): string {
  const parts = [
    [Math.floor(minutes / 10_080), 'week'],
    [Math.floor(minutes / 1440) % 7, 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return shown.join(', ') || '0 minutes';
}
