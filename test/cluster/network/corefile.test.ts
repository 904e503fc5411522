import { describe, expect, it } from 'vitest';
import { COREFILE } from '../../../src/cluster/addons/addon-objects.ts';
import { blockFor, parseCorefile } from '../../../src/cluster/network/dns/corefile.ts';

describe('Corefile', () => {
  it('reads the one that kubeadm writes', () => {
    const [block] = parseCorefile(COREFILE);
    expect(block?.zones).toEqual(['.']);
    expect(block?.plugins.map((p) => p.name)).toEqual('errors health ready kubernetes prometheus forward cache loop reload loadbalance'.split(' '));
  });

  it('chooses the block with the longest zone', () => {
    const blocks = parseCorefile('.:53 {\n  errors\n}\nexample.local:53 {\n  forward . 10.0.0.1\n}\n');
    expect(blockFor(blocks, 'a.example.local.')?.zones).toEqual(['example.local.']);
    expect(blockFor(blocks, 'b.org.')?.zones).toEqual(['.']);
  });

  it('names the line of a mistake', () => {
    expect(() => parseCorefile('.:53 {\n  kubernets cluster.local\n}\n', '/etc/coredns/Corefile')).toThrow(
      "/etc/coredns/Corefile:2 - Error during parsing: Unknown directive 'kubernets'",
    );
  });
});
