/**
 * How many events a second the kernel runs: `pending` independent M/M/1 queues at 80 % load, each with one
 * arrival pending and, while it is busy, one departure. Only the public kernel API is used, so the number is
 * what a model gets, exponential draws and handlers included, not what a bare heap would.
 *
 * The stations start in their steady state (a geometric number of customers), so the mean wait must come out
 * as theory says, ρ/(1 − ρ) = 4 mean services, however short the run: a fast wrong queue would show.
 */
import { eventQueue, invariant, nextExponential, nextUnit, randomStream, schedule, takeEvent, takenEvent, type EventQueue, type Random, type TimeUs } from '@/engine/kernel';

export type EventsBench = { readonly events: number; readonly wallSeconds: number; readonly eventsPerSecond: number; readonly meanWait: number };

const SERVICE_US = 1_000_000;
const LOAD = 0.8;
const ARRIVAL = 0;
const DEPARTURE = 1;

type Stations = { readonly queue: EventQueue; readonly random: Random; readonly customers: Int32Array; waiting: number };

/** Serves `customers` over all stations; `meanWait` is in mean services. `nowSeconds` is the caller's clock. */
export function benchEvents(customers: number, pending: number, nowSeconds: () => number): EventsBench {
  const stations = openStations(pending);
  const start = nowSeconds();
  const { events, area } = serve(stations, customers);
  const wallSeconds = nowSeconds() - start;
  return { events, wallSeconds, eventsPerSecond: events / wallSeconds, meanWait: area / customers / SERVICE_US };
}

function openStations(count: number): Stations {
  const stations = { queue: eventQueue(2 * count), random: randomStream(1, 'bench-events'), customers: new Int32Array(count), waiting: 0 };
  for (let station = 0; station < count; station += 1) {
    while (nextUnit(stations.random) < LOAD) stations.customers[station]! += 1;
    stations.waiting += Math.max(0, stations.customers[station]! - 1);
    scheduleAfter(stations, SERVICE_US / LOAD, ARRIVAL, station);
    if (stations.customers[station]! > 0) scheduleAfter(stations, SERVICE_US, DEPARTURE, station);
  }
  return stations;
}

/** Runs until so many have left; `area` is the time that customers waited, summed. */
function serve(stations: Stations, customers: number) {
  const { queue } = stations;
  const event = takenEvent();
  let events = 0;
  let area = 0;
  for (let left = customers; left > 0; events += 1) {
    const since = queue.now;
    invariant(takeEvent(queue, event), 'arrivals never end');
    area += stations.waiting * (event.at - since);
    if (event.kind === ARRIVAL) arrive(stations, event.subject);
    else {
      depart(stations, event.subject);
      left -= 1;
    }
  }
  return { events, area };
}

function arrive(stations: Stations, station: number): void {
  scheduleAfter(stations, SERVICE_US / LOAD, ARRIVAL, station);
  const before = stations.customers[station]!;
  stations.customers[station] = before + 1;
  if (before > 0) stations.waiting += 1;
  else scheduleAfter(stations, SERVICE_US, DEPARTURE, station);
}

function depart(stations: Stations, station: number): void {
  const rest = stations.customers[station]! - 1;
  stations.customers[station] = rest;
  if (rest === 0) return;
  stations.waiting -= 1;
  scheduleAfter(stations, SERVICE_US, DEPARTURE, station);
}

function scheduleAfter({ queue, random }: Stations, mean: number, kind: number, station: number): void {
  schedule(queue, (queue.now + nextExponential(random, mean)) as TimeUs, kind, station);
}
