/** What a program's requests did since the last sample: counts, latencies, and where the time went. */
import { clearSketch, mergeSketch, quantileSketch } from '@/engine/kernel';
import type { LatencyParts } from '@/engine/telemetry';
import type { ProgramWindow } from '../../host-world';

export const programWindow = (): ProgramWindow => ({ arrived: 0, served: 0, failed: 0, latency: quantileSketch(), wakingUs: 0, queuedUs: 0, runQueueUs: 0, throttledUs: 0, onCpuUs: 0, otherUs: 0 });

export function partsOf({ served, wakingUs, queuedUs, runQueueUs, throttledUs, onCpuUs, otherUs }: ProgramWindow): LatencyParts | null {
  if (served === 0) return null;
  const mean = (us: number) => Math.max(0, us) / served / 1_000;
  return { wakingMs: mean(wakingUs), queuedMs: mean(queuedUs), runQueueMs: mean(runQueueUs), throttledMs: mean(throttledUs), onCpuMs: mean(onCpuUs), waitingMs: mean(otherUs) };
}

export function addWindow(into: ProgramWindow, from: ProgramWindow): void {
  into.arrived += from.arrived;
  into.served += from.served;
  into.failed += from.failed;
  into.wakingUs += from.wakingUs;
  into.queuedUs += from.queuedUs;
  into.runQueueUs += from.runQueueUs;
  into.throttledUs += from.throttledUs;
  into.onCpuUs += from.onCpuUs;
  into.otherUs += from.otherUs;
  mergeSketch(into.latency, from.latency);
}

export function clearWindow(window: ProgramWindow): void {
  window.arrived = window.served = window.failed = 0;
  window.wakingUs = window.queuedUs = window.runQueueUs = window.throttledUs = window.onCpuUs = window.otherUs = 0;
  clearSketch(window.latency);
}
