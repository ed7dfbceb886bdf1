/**
 * A recording as the twin is asked to repeat it: the arrivals that were measured, and the replicas and
 * quotas as somebody changed them, second by second.
 */
import { seconds, schedule, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld } from '../advance-world';
import type { Command } from '../command';
import { compileWorld } from '../compile-world';
import { EventKind } from '../event-kind';
import type { LoadSpec, SystemSpec } from '../system-spec';
import { takeFrames } from '../world';

const SEED = 1;

/** Frames of the twin for the seconds of `frames`, one for one. The system's own loads are not used. */
export function repeatRecording(system: SystemSpec, entries: readonly string[], frames: readonly Frame[], seed = SEED): readonly Frame[] {
  const first = frames[0]!;
  const started: SystemSpec = {
    ...system,
    services: system.services.map((service) => {
      const sample = first.services.find((s) => s.service === service.name);
      return { ...service, replicas: sample?.replicas ?? service.replicas, quotaMillicores: sample === undefined ? service.quotaMillicores : sample.quotaMillicores };
    }),
    loads: entries.map((entry): LoadSpec => ({ service: entry, arrivals: 'poisson', profile: { kind: 'series', stepSeconds: 1, rps: measuredArrivals(frames, entry) } })),
  };
  const world = compileWorld(started, seed);
  for (const { atSeconds, command } of recordedChanges(system, frames)) {
    const index = world.actions.push({ atUs: seconds(atSeconds), command }) - 1;
    schedule(world.queue, seconds(atSeconds), EventKind.action, index);
  }
  advanceWorld(world, seconds(frames.length) as TimeUs);
  return takeFrames(world);
}

/** Requests per second that reached the service; a gap repeats the last second that was measured. */
export function measuredArrivals(frames: readonly Frame[], service: string): number[] {
  let last = 0;
  return frames.map((frame) => {
    const sample = frame.services.find((s) => s.service === service);
    last = sample?.offeredRps ?? (sample?.servedRps === null || sample === undefined ? last : sample.servedRps + (sample.errorRps ?? 0));
    return last;
  });
}

function recordedChanges(system: SystemSpec, frames: readonly Frame[]): { atSeconds: number; command: Command }[] {
  return system.services.flatMap(({ name }) => {
    const changes: { atSeconds: number; command: Command }[] = [];
    let before = frames[0]!.services.find((s) => s.service === name);
    frames.forEach((frame, atSeconds) => {
      const sample = frame.services.find((s) => s.service === name);
      if (sample === undefined) return;
      if (before !== undefined && sample.replicas !== null && before.replicas !== null && sample.replicas !== before.replicas) changes.push({ atSeconds, command: { kind: 'set-replicas', service: name, replicas: sample.replicas } });
      if (before !== undefined && sample.quotaMillicores !== before.quotaMillicores) changes.push({ atSeconds, command: { kind: 'set-cpu-quota', service: name, quotaMillicores: sample.quotaMillicores } });
      before = sample;
    });
    return changes;
  });
}
