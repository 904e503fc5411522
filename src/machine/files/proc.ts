import type { Machine } from '../machine.ts';
import type { Process } from '../process.ts';
import { createVirtualFiles } from './create-files.ts';
import { type Inode, newDirectory, newFile, newSymlink } from './inode.ts';
import type { MemoryFiles } from './memory-files.ts';

/** /proc of a machine. */
export function procFiles(machine: Machine, bootedAt: number): MemoryFiles {
  const texts: Readonly<Record<string, () => string>> = {
    cpuinfo: () => cpuinfo(machine.hardware.cpus),
    meminfo: () => meminfo(machine.hardware.memory),
    mounts: () => mountTable(machine),
    loadavg: () => `0.12 0.10 0.09 1/${machine.processes.list().length} ${Math.max(1, ...machine.processes.list().map((p) => p.pid))}\n`,
    uptime: () => uptime(machine, bootedAt),
    version: () => `Linux version ${machine.hardware.kernel} (buildd@lcy02-amd64-001) #1 SMP PREEMPT_DYNAMIC\n`,
    filesystems: () => 'nodev\tproc\nnodev\ttmpfs\n\text4\n',
    cmdline: () => `BOOT_IMAGE=/boot/vmlinuz-${machine.hardware.kernel} root=/dev/vda1 ro\n`,
    swaps: () => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n',
  };
  const pids = () => machine.processes.list().map((p) => String(p.pid));
  return createVirtualFiles(machine.clock.now.bind(machine.clock), {
    names: () => [...pids(), ...Object.keys(texts)],
    get: (name) => {
      const text = texts[name];
      if (text) return computed(text, machine.clock.now());
      const process = /^\d+$/.test(name) ? machine.processes.get(Number(name)) : undefined;
      return process && processDirectory(process);
    },
  });
}

function processDirectory(process: Process): Inode {
  const now = process.clock.now();
  const owner = { uid: process.credentials.uid, gid: process.credentials.gid };
  const entries: Readonly<Record<string, () => Inode>> = {
    cmdline: () => computed(() => process.argv.map((a) => `${a}\0`).join(''), now),
    comm: () => computed(() => `${commandName(process)}\n`, now),
    environ: () => ({ ...computed(() => [...process.env].map(([k, v]) => `${k}=${v}\0`).join(''), now), ...owner, mode: 0o400 }),
    status: () => computed(() => status(process), now),
    cwd: () => newSymlink(process.cwd, now, owner),
    root: () => newSymlink('/', now, owner),
  };
  return newDirectory(0o555, now, undefined, String(process.pid), {
    owner,
    virtual: { names: () => Object.keys(entries), get: (name) => entries[name]?.() },
  });
}

const commandName = (process: Process): string => (process.argv[0] ?? '').replace(/.*\//, '').slice(0, 15);

function status(process: Process): string {
  const { uid, gid } = process.credentials;
  const state = process.state === 'stopped' ? 'T (stopped)' : 'S (sleeping)';
  const four = (n: number) => `${n}\t${n}\t${n}\t${n}`;
  return `Name:\t${commandName(process)}\nState:\t${state}\nTgid:\t${process.pid}\nPid:\t${process.pid}\nPPid:\t${process.ppid}\nUid:\t${four(uid)}\nGid:\t${four(gid)}\nThreads:\t1\n`;
}

const computed = (read: () => string, now: number): Inode => ({ ...newFile(0o444, now), generated: { read } });

const cpuinfo = (cpus: number): string =>
  Array.from(
    { length: cpus },
    (_, i) => `processor\t: ${i}\nvendor_id\t: GenuineIntel\nmodel name\t: Virtual CPU @ 2.40GHz\ncpu cores\t: ${cpus}\n\n`,
  ).join('');

function meminfo(memory: number): string {
  const row = (name: string, kib: number) => `${`${name}:`.padEnd(16)}${String(Math.floor(kib)).padStart(8)} kB\n`;
  const total = memory / 1024;
  const rows: [string, number][] = [
    ['MemTotal', total],
    ['MemFree', total * 0.6],
    ['MemAvailable', total * 0.8],
    ['Buffers', total * 0.02],
    ['Cached', total * 0.18],
    ['SwapTotal', 0],
    ['SwapFree', 0],
  ];
  return rows.map(([name, kib]) => row(name, kib)).join('');
}

const mountTable = (machine: Machine): string =>
  machine.files
    .mounts()
    .map((m) => `${m.source} ${m.path} ${m.type} ${m.readOnly ? 'ro' : 'rw'},relatime 0 0\n`)
    .join('');

function uptime(machine: Machine, bootedAt: number): string {
  const seconds = (machine.clock.now() - bootedAt) / 1000;
  return `${seconds.toFixed(2)} ${(seconds * machine.hardware.cpus * 0.95).toFixed(2)}\n`;
}
