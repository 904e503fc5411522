import { expect, it } from 'vitest';
import { createMachine } from '../../../src/machine/index.ts';
import { createLocalNetwork } from '../../../src/machine/network-local.ts';
import { commands } from '../../../src/terminal/commands/index.ts';
import { createWorld, runSimulated } from './both-worlds.ts';
import { onScreen } from './on-screen.ts';

const programs = new Map(commands.flatMap((command) => command.names.map((name) => [name, command] as const)));

function world() {
  const { clock } = createWorld();
  const network = (files: Parameters<typeof createLocalNetwork>[0]['files']) =>
    createLocalNetwork({ hostname: 'box', files, addresses: ['10.244.1.5'] });
  const machine = createMachine({ hostname: 'box', clock, programs, network });
  machine.files.mkdir('/root/work', { recursive: true });
  machine.network.listen(10248, { name: 'sleep' }, { address: '127.0.0.1' });
  machine.network.listen(80, { name: 'nginx' });
  const root = machine.users.find(0);
  if (!root) throw new Error('no root');
  machine.processes.start({ argv: ['sleep', '1000'], credentials: root, env: new Map([['PATH', '/usr/bin']]), cwd: '/' });
  return { clock, machine };
}

it.each<[string[], string, number?]>([
  [
    ['ip', 'a'],
    `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    link/ether 0a:58:0a:f4:01:05 brd ff:ff:ff:ff:ff:ff
    inet 10.244.1.5/24 brd 10.244.1.255 scope global eth0
       valid_lft forever preferred_lft forever
`,
  ],
  [['ip', 'r'], 'default via 10.244.1.1 dev eth0 \n10.244.1.0/24 dev eth0 proto kernel scope link src 10.244.1.5 \n'],
  [
    ['ss', '-tlnp'],
    `State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess                         \n`.replace(/Process +/, 'Process') +
      'LISTEN 0      4096         0.0.0.0:80         0.0.0.0:*   \nLISTEN 0      4096       127.0.0.1:10248      0.0.0.0:*   users:(("sleep",pid=1,fd=3))\n',
  ],
  [
    ['netstat', '-tlnp'],
    `Active Internet connections (only servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    
tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      -                   
tcp        0      0 127.0.0.1:10248         0.0.0.0:*               LISTEN      1/sleep             
`,
  ],
  [
    ['free', '-m'],
    `               total        used        free      shared  buff/cache   available
Mem:            4096         819        2457           3         819        3276
Swap:              0           0           0
`,
  ],
  [['uptime'], ' 12:00:00 up 0 min,  0 users,  load average: 0.12, 0.10, 0.09\n'],
  [['pgrep', '-a', 'slee'], '1 sleep 1000\n'],
  [
    ['top', '-b', '-n1'],
    `top - 12:00:00 up 0 min,  0 users,  load average: 0.12, 0.10, 0.09
Tasks:   2 total,   1 running,   1 sleeping,   0 stopped,   0 zombie
%Cpu(s):  0.3 us,  0.2 sy,  0.0 ni, 99.5 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st 
MiB Mem :   4096.0 total,   2457.6 free,    819.2 used,    819.2 buff/cache     
MiB Swap:      0.0 total,      0.0 free,      0.0 used.   3276.8 avail Mem 

    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
      1 root      20   0   10240   4096   3072 S   0.0   0.1   0:00.00 sleep
      2 root      20   0   10240   4096   3072 R   0.0   0.1   0:00.00 top
`,
  ],
])('%j', async (argv, stdout, code = 0) => {
  expect(await runSimulated({ argv }, world())).toEqual({ stdout, stderr: '', code });
});

it('kills by name', async () => {
  const { clock, machine } = world();
  expect((await runSimulated({ argv: ['pkill', 'sleep'] }, { clock, machine })).code).toBe(0);
  expect(machine.processes.list()).toEqual([]);
});

it('shows top on the screen until q', async () => {
  const session = onScreen(['top'], {}, world());
  expect((await session.lines())[7]).toBe('      1 root      20   0   10240   4096'.slice(0, 40));
  await session.type('q');
  expect(await session.ended()).toBe(0);
});

it('logs to the journal', async () => {
  const { clock, machine } = world();
  await runSimulated({ argv: ['logger', '-t', 'me', 'hello'] }, { clock, machine });
  expect(machine.journal.read().map(({ identifier, message, priority }) => [identifier, message, priority])).toEqual([['me', 'hello', 5]]);
});
