import { refuseOperands, type Subcommand } from './call.ts';

const VERSION = 'OpenSSL 3.0.13 30 Jan 2024 (Library: OpenSSL 3.0.13 30 Jan 2024)';

const LINES: readonly (readonly [option: string, text: string])[] = [
  ['v', VERSION],
  ['b', 'built on: Thu Sep 18 16:45:12 2025 UTC'],
  ['p', 'platform: debian-amd64'],
  ['o', 'options:  bn(64,64)'],
  ['d', 'OPENSSLDIR: "/usr/lib/ssl"'],
  ['e', 'ENGINESDIR: "/usr/lib/x86_64-linux-gnu/engines-3"'],
  ['m', 'MODULESDIR: "/usr/lib/x86_64-linux-gnu/ossl-modules"'],
  ['r', 'Seeding source: os-specific'],
];

export const version: Subcommand = {
  names: ['version'],
  options: `a ${LINES.map(([option]) => option).join(' ')}`,
  async run(call) {
    refuseOperands(call);
    const all = call.has('a');
    const lines = LINES.filter(([option]) => all || call.has(option) || (option === 'v' && call.given.length === 0));
    await call.process.print(lines.map(([, text]) => `${text}\n`).join(''));
    return 0;
  },
};
