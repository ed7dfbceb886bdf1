/**
 * A stretch of a running world as a laboratory recording: tables every second, neighbours every fifth, counters every
 * tenth, and what was done to the mesh, as far as the laboratory has words for it. The clock is the world's.
 */
import { seconds, US_PER_SECOND } from '@/engine/kernel';
import type { Command } from '../../command';
import type { FaultKind } from '../../fault';
import { worldAt, type WorldHistory } from '../../world-history';
import { exportLabScenario } from '../exchange/export-lab';
import type { MeshSpec } from '../mesh-spec';
import type { LabChange, LabEvent } from './lab-scenario';
import type { LabRecord, MetaRecord } from './records/lab-record';
import { labMeta } from './run-lab';
import { interfaceNames, statsRecords, STATS_SECONDS, tableRecords } from './records/table-records';

/** What was done from outside at a second of the world. */
export type SpanStep = { readonly at: number; readonly faults: readonly FaultKind[]; readonly commands: readonly Command[] };
export type Span = { readonly name: string; readonly fromSeconds: number; readonly toSeconds: number; readonly seed: number; readonly steps: readonly SpanStep[] };

const NEIGHBOURS_SECONDS = 5;

/** Seconds of which no copy is kept are left out. */
export function recordSpan(history: WorldHistory, mesh: MeshSpec, { name, fromSeconds, toSeconds, seed, steps }: Span, emit: (record: MetaRecord | LabRecord) => void): void {
  const events = steps.flatMap(({ at, faults, commands }) => [...faults, ...commands].flatMap((done): LabEvent[] => {
    const change = labChange(done);
    return change === null ? [] : [{ t: at, ...change }];
  }));
  const scenario = { ...exportLabScenario(mesh, { name, seed, durationSeconds: toSeconds }), pings: [], events };
  emit(labMeta(scenario, seed, 1));
  for (let second = fromSeconds; second <= toSeconds; second += 1) {
    for (const { t, ...what } of events) if (t > second - 1 && t <= second) emit({ t, k: 'event', planned: t, what });
    const world = worldAt(history, seconds(second));
    if (world === null || world.mesh === null) continue;
    tableRecords(world.mesh, interfaceNames(world.mesh), second * US_PER_SECOND, second % NEIGHBOURS_SECONDS === 0).forEach(emit);
    if (second % STATS_SECONDS === 0) statsRecords(world.mesh, second * US_PER_SECOND).forEach(emit);
  }
}

/** In the laboratory's words; null for what it cannot do. */
export function labChange(done: FaultKind | Command): LabChange | null {
  switch (done.kind) {
    case 'link-down':
      return { type: 'link_cut', a: done.a, b: done.b };
    case 'link-loss':
      return { type: 'link', a: done.a, b: done.b, loss: done.lossPercent, burst: done.burstPackets };
    case 'carrier-down':
      return { type: 'carrier_down', a: done.a, b: done.b };
    case 'router-down':
      return { type: 'node_down', node: done.router, reboot: true };
    case 'router-silent':
      return { type: 'node_down', node: done.router };
    case 'set-hop-penalty':
      return { type: 'setting', node: done.router, name: 'hop_penalty', value: done.hopPenalty };
    case 'set-mesh-interface':
      return { type: done.up ? 'carrier_up' : 'carrier_down', a: done.router, b: done.towards };
    case 'isolate-mesh-router':
      return { type: done.isolated ? 'node_down' : 'node_up', node: done.router };
    default:
      return null;
  }
}
