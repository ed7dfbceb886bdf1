/** Plays a laboratory scenario in the twin and tells what the laboratory would have recorded. */
import { eventQueue, invariant, nextEventAt, schedule, takeEvent, takenEvent, timeUs, US_PER_SECOND, type EventQueue, type TimeUs } from '@/engine/kernel';
import { compileMesh } from '../compile-mesh';
import type { MeshState } from '../mesh-state';
import { sendPing } from '../ping';
import { handleMeshEvent, isMeshEvent, startMesh } from '../run-mesh';
import { addressBook } from './records/address-book';
import { applyLabEvent } from './apply-lab-event';
import { labMesh, startedAt } from './lab-mesh';
import type { LabRecord, MetaRecord } from './records/lab-record';
import type { LabEvent, LabScenario } from './lab-scenario';
import { captureEvent, tapsOf } from './records/capture-records';
import { pingRecords } from './records/ping-records';
import { interfaceNames, secondsOfUs, statsRecords, STATS_SECONDS, tableRecords } from './records/table-records';

/** The laboratory's own events in the queue; the mesh's are 100–199. */
const LabKind = { sample: 0, stats: 1, change: 2, ping: 3 } as const;
/** Pings start when the tables may begin to fill, and stop a second before the end. */
const PING_FROM_SECONDS = 2;
const PING_INTERVAL_SECONDS = 0.2;

export type LabRun = {
  readonly scenario: LabScenario;
  readonly mesh: MeshState;
  readonly queue: EventQueue;
  readonly names: readonly string[];
  /** Which of the scenario's pings each entry of the log belongs to. */
  readonly flows: number[];
  samples: number;
  counts: number;
  events: number;
};

/** The first line: what is played. Start moments belong to the scenario, not to the seed. */
export function labMeta(scenario: LabScenario, seed: number, runs: number): MetaRecord {
  const metric = scenario.algo === 'BATMAN_V' ? 'throughput kbit/s' : 'tq 0..255';
  return { k: 'meta', format: 'meshlab/1', scenario, started: startedAt(scenario), clock: 'simulated; t = seconds since the start', metric, seed, runs, ifaces: addressBook(scenario) };
}

/** Everything that is recorded, in order of time (pings last: their answers come late). What is changed at a moment comes after that moment's tables and counters. */
export function runLab(scenario: LabScenario, seed: number, emit: (record: LabRecord) => void): LabRun {
  const mesh = compileMesh(labMesh(scenario), seed);
  const queue = eventQueue();
  const names = interfaceNames(mesh);
  const run: LabRun = { scenario, mesh, queue, names, flows: [], samples: 0, counts: 0, events: 0 };
  const taps = tapsOf(mesh, scenario);
  startMesh(mesh, queue, timeUs(0));
  scheduleScript(run);
  const end = timeUs(scenario.duration * US_PER_SECOND);
  const event = takenEvent();
  while (nextEventAt(queue) <= end && takeEvent(queue, event)) {
    run.events += 1;
    if (isMeshEvent(event.kind)) {
      if (taps.length > 0) captureEvent(mesh, names, taps, event, emit);
      handleMeshEvent(mesh, queue, event);
    } else labEvent(run, event.at, event.kind, event.subject, event.detail, emit);
  }
  pingRecords(run, emit);
  return run;
}

function scheduleScript({ scenario, queue }: LabRun): void {
  schedule(queue, timeUs(scenario.sampleEvery * US_PER_SECOND), LabKind.sample, 0);
  schedule(queue, timeUs(STATS_SECONDS * US_PER_SECOND), LabKind.stats, 0);
  scenario.events.forEach((event, i) => schedule(queue, timeUs(event.t * US_PER_SECOND), LabKind.change, i));
  scenario.pings.forEach((ping, i) => schedule(queue, timeUs((ping.from ?? PING_FROM_SECONDS) * US_PER_SECOND), LabKind.ping, i, 0));
}

function labEvent(run: LabRun, at: TimeUs, kind: number, subject: number, detail: number, emit: (record: LabRecord) => void): void {
  switch (kind) {
    case LabKind.sample:
      return sample(run, at, emit);
    case LabKind.stats:
      return stats(run, at, emit);
    case LabKind.change:
      takeSample(run, at, emit);
      takeStats(run, at, emit);
      return change(run, at, run.scenario.events[subject]!, emit);
    case LabKind.ping:
      return ping(run, at, subject, detail);
    default:
      invariant(false, `laboratory event ${kind} is not known`);
  }
}

function sample(run: LabRun, at: TimeUs, emit: (record: LabRecord) => void): void {
  takeSample(run, at, emit);
  schedule(run.queue, sampleAt(run), LabKind.sample, 0);
}

function stats(run: LabRun, at: TimeUs, emit: (record: LabRecord) => void): void {
  takeStats(run, at, emit);
  schedule(run.queue, statsAt(run), LabKind.stats, 0);
}

const sampleAt = ({ samples, scenario }: LabRun) => timeUs((samples + 1) * scenario.sampleEvery * US_PER_SECOND);
const statsAt = ({ counts }: LabRun) => timeUs((counts + 1) * STATS_SECONDS * US_PER_SECOND);

/** Does nothing when it was done already, for a change at the same moment. */
function takeSample(run: LabRun, at: TimeUs, emit: (record: LabRecord) => void): void {
  if (at < sampleAt(run)) return;
  run.samples += 1;
  tableRecords(run.mesh, run.names, at, run.samples % run.scenario.neighEvery === 0).forEach(emit);
}

function takeStats(run: LabRun, at: TimeUs, emit: (record: LabRecord) => void): void {
  if (at < statsAt(run)) return;
  run.counts += 1;
  statsRecords(run.mesh, at).forEach(emit);
}

function change({ mesh, queue }: LabRun, at: TimeUs, event: LabEvent, emit: (record: LabRecord) => void): void {
  const { t: planned, ...what } = event;
  emit({ t: secondsOfUs(at), k: 'event', planned, what });
  applyLabEvent(mesh, queue, event, at);
}

/** Sends the `count`-th echo of a ping and plans the next, as ping -i does. */
function ping({ mesh, queue, scenario, flows }: LabRun, at: TimeUs, flow: number, count: number): void {
  const { src, dst, interval = PING_INTERVAL_SECONDS, from = PING_FROM_SECONDS, to = scenario.duration, size } = scenario.pings[flow]!;
  flows[sendPing(mesh, queue, scenario.nodes.indexOf(src), scenario.nodes.indexOf(dst), at, size)] = flow;
  const after = (count + 1) * interval;
  const lasts = Math.max(1, Math.floor(to - from - 1));
  if (after < lasts) schedule(queue, timeUs((from + after) * US_PER_SECOND), LabKind.ping, flow, count + 1);
}
