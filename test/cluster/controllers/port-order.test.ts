import { describe, expect, it } from 'vitest';
import { inEndpointsOrder, inSliceOrder } from '../../../src/cluster/controllers/endpoints/port-order.ts';

const HTTP = { name: 'http', port: 80, protocol: 'TCP' };
const ALT = { name: 'alt', port: 443, protocol: 'TCP' };

describe('the order of ports', () => {
  it('is that of their hashes in an EndpointSlice, as recorded from a real cluster', () => {
    expect(inSliceOrder([HTTP, ALT])).toEqual([ALT, HTTP]);
  });
  it('is that of their hashes in Endpoints, as recorded from a real cluster', () => {
    expect(inEndpointsOrder([HTTP, ALT])).toEqual([ALT, HTTP]);
  });
});
