/**
 * A run that leans on everything in the kernel whose digits could differ between machines: streams, variates,
 * logarithms and powers, a queue with ties and growth, sketches, statistics and both digests.
 */
import { addValue, canonicalJson, drawVariate, eventQueue, hashState, log, meanInterval, nextBelow, nextNormal, pow, quantile, quantileSketch, randomStream, schedule, sha256, sineOfTurns, takeEvent, takenEvent, timeUs, type Law } from '@/engine/kernel';

const LAWS: readonly Law[] = ['constant', 'exponential', 'lognormal'];

export type KernelRun = { readonly seed: number; readonly events: number };

/** The fingerprint of the whole run and the digest of its summary. */
export function run({ seed, events }: KernelRun) {
  const random = randomStream(seed, 'kernel-run');
  const queue = eventQueue();
  const event = takenEvent();
  const sketch = quantileSketch();
  const trace = new Float64Array(256);
  for (let subject = 0; subject < 1_000; subject += 1) schedule(queue, timeUs(nextBelow(random, 50)), 0, subject);
  for (let taken = 0; taken < events && takeEvent(queue, event); taken += 1) {
    const law = LAWS[event.subject % LAWS.length]!;
    const delay = drawVariate(random, { law, mean: 200 + event.subject, cv: 0.5 });
    addValue(sketch, delay);
    const slot = taken & 255;
    trace[slot] = trace[slot]! * 0.5 + log(1 + delay) + pow(1.5, event.detail) + sineOfTurns(delay / 1_000) + nextNormal(random);
    schedule(queue, timeUs(queue.now + delay), 0, event.subject, (event.detail + 1) % 20);
  }
  const summary = { p50: quantile(sketch, 0.5), p99: quantile(sketch, 0.99), interval: meanInterval([...trace]) };
  return { stateHash: hashState({ queue, random, sketch, trace, summary }), digest: sha256(canonicalJson(summary)) };
}
