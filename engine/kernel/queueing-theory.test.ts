/** M/M/c, built on the public kernel as any model would be, against Erlang's closed form. */
import { expect, test } from 'vitest';
import { eventQueue, hashState, meanInterval, meanWait, nextExponential, randomStream, schedule, takeEvent, takenEvent, timeUs, waitExceeds, type ErlangQueue } from '@/engine/kernel';

const ARRIVAL = 0;
const DEPARTURE = 1;
const US = 1_000_000; // one mean service time

/** Waits of the customers after the first third, in mean service times, and the queue as it was left. */
function simulateQueue({ arrivalRate, servers }: ErlangQueue, seed: number, customers: number) {
  const arrivals = randomStream(seed, 'arrivals');
  const services = randomStream(seed, 'services');
  const queue = eventQueue();
  const event = takenEvent();
  const waiting: number[] = []; // arrival times; `first` is the head of the line
  let first = 0;
  let busy = 0;
  const waits: number[] = [];
  const serve = (since: number) => {
    busy += 1;
    waits.push((queue.now - since) / US);
    schedule(queue, timeUs(queue.now + nextExponential(services, US)), DEPARTURE, 0);
  };
  schedule(queue, timeUs(nextExponential(arrivals, US / arrivalRate)), ARRIVAL, 0);
  while (waits.length < customers && takeEvent(queue, event)) {
    if (event.kind === ARRIVAL) {
      schedule(queue, timeUs(queue.now + nextExponential(arrivals, US / arrivalRate)), ARRIVAL, 0);
      if (busy < servers) serve(queue.now);
      else waiting.push(queue.now);
    } else {
      busy -= 1;
      if (first < waiting.length) serve(waiting[first++]!);
    }
  }
  return { waits: waits.slice(customers / 3), queue };
}

const RUNS = Array.from({ length: 16 }, (_, i) => i + 1);
const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

// A 99.9 % interval of 16 runs: with 12 comparisons and fixed seeds, a miss means a wrong model. The first third
// must outlast the relaxation time 1/(mu(1 − √rho)²): 90 mean services at 80 % load, 380 at 90 %.
test.each([
  { customers: 30_000, servers: 1, arrivalRate: 0.5, serviceRate: 1 },
  { customers: 30_000, servers: 1, arrivalRate: 0.8, serviceRate: 1 },
  { customers: 30_000, servers: 2, arrivalRate: 1.6, serviceRate: 1 },
  { customers: 30_000, servers: 5, arrivalRate: 4, serviceRate: 1 },
  { customers: 60_000, servers: 10, arrivalRate: 8, serviceRate: 1 },
  { customers: 100_000, servers: 50, arrivalRate: 45, serviceRate: 1 },
])('$servers servers at arrival rate $arrivalRate wait as Erlang says, in the mean and in the tail', ({ customers, ...queue }) => {
  const runs = RUNS.map((seed) => simulateQueue(queue, seed, customers).waits);
  const wait = meanInterval(runs.map(mean), 0.999);
  expect(wait.lower).toBeLessThan(meanWait(queue));
  expect(wait.upper).toBeGreaterThan(meanWait(queue));
  expect((wait.upper - wait.lower) / wait.mean).toBeLessThan(0.4);

  const long = 1 / (queue.servers - queue.arrivalRate); // a mean wait of those who wait
  const share = meanInterval(runs.map((waits) => waits.filter((w) => w > long).length / waits.length), 0.999);
  expect(share.lower).toBeLessThan(waitExceeds(queue, long));
  expect(share.upper).toBeGreaterThan(waitExceeds(queue, long));
});

test('a planted fault is seen: one server too many is outside the interval', () => {
  const queue = { servers: 5, arrivalRate: 4, serviceRate: 1 };
  const wait = meanInterval(RUNS.map((seed) => mean(simulateQueue({ ...queue, servers: 6 }, seed, 30_000).waits)), 0.999);
  expect(wait.upper).toBeLessThan(meanWait(queue));
});

test('the same seed gives the same run to the last bit, another seed another', () => {
  const queue = { servers: 2, arrivalRate: 1.6, serviceRate: 1 };
  const hash = (seed: number) => hashState(simulateQueue(queue, seed, 5_000));
  expect(hash(42)).toBe(hash(42));
  expect(hash(43)).not.toBe(hash(42));
});
