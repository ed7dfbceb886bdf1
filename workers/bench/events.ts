/**
 * How many events a second the kernel runs: `pending` independent M/M/1 queues at 80 % load, one departure or
 * arrival per event, exponential draws and a running check of order included. Only the public kernel API
 * is used, so the number is what a model gets, not what a bare heap would.
 */
import { eventQueue, invariant, nextExponential, randomStream, schedule, takeEvent, takenEvent, type TimeUs } from '@/engine/kernel';

export type EventsBench = { readonly events: number; readonly wallSeconds: number; readonly eventsPerSecond: number; readonly meanWait: number };

const SERVICE_US = 1_000_000;
const LOAD = 0.8;
const ARRIVAL = 0;
const DEPARTURE = 1;

/** `customers` served over all stations; `meanWait` in mean service times (Erlang: 4 at 80 % load). `nowSeconds` is the caller's clock. */
export function benchEvents(customers: number, pending: number, nowSeconds: () => number): EventsBench {
  const random = randomStream(1, 'bench-events');
  const queue = eventQueue(2 * pending + 1);
  const inStation = new Int32Array(pending);
  const event = takenEvent();
  for (let station = 0; station < pending; station += 1) schedule(queue, nextExponential(random, SERVICE_US / LOAD) as TimeUs, ARRIVAL, station);
  let events = 0;
  let served = 0;
  let waiting = 0;
  let area = 0;
  let now = 0;
  const start = nowSeconds();
  while (served < customers) {
    invariant(takeEvent(queue, event), 'arrivals never end');
    area += waiting * (event.at - now);
    now = event.at;
    events += 1;
    const station = event.subject;
    if (event.kind === ARRIVAL) {
      schedule(queue, (now + nextExponential(random, SERVICE_US / LOAD)) as TimeUs, ARRIVAL, station);
      if (inStation[station]! > 0) waiting += 1;
      else schedule(queue, (now + nextExponential(random, SERVICE_US)) as TimeUs, DEPARTURE, station);
      inStation[station]! += 1;
    } else {
      served += 1;
      inStation[station]! -= 1;
      if (inStation[station]! > 0) {
        waiting -= 1;
        schedule(queue, (now + nextExponential(random, SERVICE_US)) as TimeUs, DEPARTURE, station);
      }
    }
  }
  const wallSeconds = nowSeconds() - start;
  return { events, wallSeconds, eventsPerSecond: events / wallSeconds, meanWait: area / served / SERVICE_US };
}
