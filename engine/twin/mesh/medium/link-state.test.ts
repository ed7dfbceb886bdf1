import { describe, expect, it } from 'vitest';
import { randomStream } from '@/engine/kernel';
import { arrivalUs, linkState, losesFrame, writeLink } from './link-state';
import type { MeshLinkSpec } from '../mesh-spec';

const written = (spec: Omit<MeshLinkSpec, 'a' | 'b'>) => {
  const links = linkState(2);
  writeLink(links, 0, { a: 'a', b: 'b', ...spec }, false);
  writeLink(links, 1, { a: 'a', b: 'b', ...spec }, true);
  return links;
};
const FRAMES = 60_000;

/** Share of lost frames and mean length of runs of losses. */
function losses(spec: Omit<MeshLinkSpec, 'a' | 'b'>, edge = 0) {
  const links = written(spec);
  const random = randomStream(7, 'test/losses');
  let [lost, bursts, before] = [0, 0, false];
  for (let i = 0; i < FRAMES; i += 1) {
    const loses = losesFrame(links, edge, random);
    if (loses) lost += 1;
    if (loses && !before) bursts += 1;
    before = loses;
  }
  return { share: lost / FRAMES, burst: bursts === 0 ? 0 : lost / bursts };
}

describe('a link', () => {
  it.each([5, 20, 60])('loses %i per cent of the frames, one independent of the other', (lossPercent) => {
    const { share, burst } = losses({ lossPercent });
    expect(share).toBeCloseTo(lossPercent / 100, 2);
    expect(burst).toBeCloseTo(1 / (1 - lossPercent / 100), 1);
  });

  it.each([[10, 4], [30, 10]])('loses %i per cent in bursts of %i frames (Gilbert–Elliott)', (lossPercent, burstPackets) => {
    const { share, burst } = losses({ lossPercent, burstPackets });
    expect(Math.abs(share - lossPercent / 100)).toBeLessThan(0.02);
    expect(Math.abs(burst - burstPackets) / burstPackets).toBeLessThan(0.08);
  });

  it('is its own in each direction, and alike where only one is written', () => {
    expect(losses({ lossPercent: 40, lossPercentBack: 5 }, 1).share).toBeCloseTo(0.05, 2);
    expect(losses({ lossPercent: 40 }, 1).share).toBeCloseTo(0.4, 1);
    expect([losses({ lossPercent: 0 }).share, losses({ lossPercent: 100 }).share]).toEqual([0, 1]);
  });

  it('delays within its jitter, never into the past', () => {
    const links = written({ delayMs: 5, jitterMs: 8 });
    const random = randomStream(1, 'test/jitter');
    const delays = Array.from({ length: 5_000 }, () => arrivalUs(links, 0, 1_000_000, 100, random) - 1_000_000);
    expect(Math.min(...delays)).toBe(0);
    expect(Math.max(...delays)).toBeGreaterThan(12_500);
    expect(Math.max(...delays)).toBeLessThanOrEqual(13_000);
  });

  it('with a rate lets frames wait for each other', () => {
    const links = written({ delayMs: 1, rateMbps: 1 });
    const random = randomStream(1, 'test/rate');
    const at = [1, 2, 3].map(() => arrivalUs(links, 0, 0, 125, random)); // 125 bytes last 1 ms at 1 Mbit/s
    expect(at).toEqual([2_000, 3_000, 4_000]);
  });

  it('that is only planned carries nothing', () => {
    expect(losses({ planned: true }).share).toBe(1);
  });
});
