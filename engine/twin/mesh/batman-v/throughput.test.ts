import { describe, expect, it } from 'vitest';
import { compileTopology } from '../medium/topology';
import { addThroughput, batmanV, linkThroughput } from './v-state';

describe('the averaged throughput of a link', () => {
  it('takes an eighth of each new value: 45.9 Mbit/s after six steps from 98 down to 2', () => {
    const topology = compileTopology({ medium: 'link', routers: [{ name: 'a' }, { name: 'b' }], links: [{ a: 'a', b: 'b' }] });
    const v = batmanV(topology, [500, 500], () => 1);
    addThroughput(v, 0, 1_000);
    expect(linkThroughput(v, 0)).toBe(1_000);
    const shown = [1, 2, 3, 4, 5, 6].map(() => (addThroughput(v, 0, 20), linkThroughput(v, 0)));
    expect(shown).toEqual([877, 770, 676, 594, 522, 459]); // as the kernel showed, in 100 kbit/s
    for (let i = 0; i < 30; i += 1) addThroughput(v, 0, 20);
    expect(linkThroughput(v, 0)).toBeLessThanOrEqual(40);
  });
});
