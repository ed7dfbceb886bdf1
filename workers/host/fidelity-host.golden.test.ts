/** The twin against records of a real host, as `fidelity host` compares them. */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { os } from '@/engine/twin';
import { hostFidelity, type HostFidelity } from './fidelity-host';

const FIXTURES = fileURLToPath(new URL('../../fixtures/host', import.meta.url));

describe('the host twin', () => {
  let fidelity: HostFidelity;
  beforeAll(async () => {
    fidelity = await hostFidelity(FIXTURES, { runs: 1, seed: 1, progress: () => undefined });
  }, 120_000);
  const experiment = (name: string) => fidelity.experiments.find((one) => one.experiment === name)!;
  const kind = (name: string, of: string) => experiment(name).kinds.find((one) => one.kind === of)!;

  it.each(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])('keeps nine values of ten of experiment %s within their bars and errs less than the textbook', (name) => {
    expect(os.isExperimentMet(experiment(name))).toBe(true);
    expect(experiment(name).values).toBeGreaterThan(5);
  });

  it('kills exactly what was killed', () => {
    expect(kind('C', 'oom')).toMatchObject({ values: 3, within: 3 });
    expect(kind('C', 'kill-time').withinTolerance).toBe(kind('C', 'kill-time').values);
  });

  it('answers as many requests as were answered, and half of them as fast', () => {
    expect(kind('D', 'throughput').within).toBeGreaterThanOrEqual(0.95 * kind('D', 'throughput').values);
    expect(kind('D', 'p50').medianError).toBeLessThan(0.05);
  });

  it('finds a started replica healthy when the balancer did', () => {
    expect(kind('E', 'start-up')).toMatchObject({ values: 9, within: 9 });
  });

  it('answers what a chain answered through a neighbour and a slow database, with the CPU of every service', () => {
    expect(kind('F', 'throughput')).toMatchObject({ values: 54, within: 54 });
    expect(kind('F', 'cpu').medianError).toBeLessThan(0.006);
    expect(kind('F', 'p50').medianError).toBeLessThan(0.05);
  });

  it('skips no record of the folder', () => {
    expect(fidelity.skipped).toEqual([]);
  });
});
