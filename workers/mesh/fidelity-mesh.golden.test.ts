/** The twin against recordings of real kernels, as `fidelity mesh` compares them. */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { meshFidelity, type MeshFidelity } from './fidelity-mesh';

const FIXTURES = fileURLToPath(new URL('../../fixtures/mesh', import.meta.url));

describe('the mesh twin', () => {
  let fidelity: MeshFidelity;
  beforeAll(async () => {
    fidelity = await meshFidelity(FIXTURES, { runs: 20, seed: 1, progress: () => undefined });
  });
  const share = (name: string) => {
    const measure = fidelity.overall.find((m) => m.name === name)!;
    return measure.held / measure.total;
  };

  it('shows the recorded mean TQ of links and routes', () => {
    expect(share('link TQ, mean in calm stretches')).toBeGreaterThanOrEqual(0.95);
    expect(share('route TQ, mean in calm stretches')).toBeGreaterThanOrEqual(0.95);
  });

  it('leaves dead routers frozen and purges them when the kernel did', () => {
    expect(share('dead router: TQ frozen until purge')).toBe(1);
    expect(share('dead router: seconds until purged')).toBe(1);
    expect(share('reboot: seconds until neighbours follow')).toBe(1);
  });

  it('shows BATMAN_V throughputs exactly where no frame is lost', () => {
    expect(fidelity.overall.find((m) => m.name === 'BATMAN_V throughput, kbit/s')).toMatchObject({ total: 40, held: 40 });
  });

  it('changes routes when the kernel did, and loses the pings it lost', () => {
    expect(share('time of next-hop change after an event')).toBeGreaterThanOrEqual(0.9);
    expect(share('ping delivery')).toBeGreaterThanOrEqual(0.95);
  });

  it('is compared with itself too, so that bars beyond chance are seen', () => {
    expect(fidelity.chance.map((measure) => measure.name)).toEqual(fidelity.overall.map((measure) => measure.name));
  });
});
