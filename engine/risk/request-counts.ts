/** Frames as request counts of one service: what burn rates are made of. */
import { toSeconds } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { RequestCount } from './error-budget';

/** Seconds in which the service was not measured are left out: no traffic seen is no burn. */
export function requestCounts(frames: readonly Frame[], service: string): RequestCount[] {
  return frames.flatMap(({ atUs, windowUs, services }) => {
    const sample = services.find((one) => one.service === service);
    if (sample === undefined || sample.servedRps === null) return [];
    const seconds = toSeconds(windowUs);
    const good = sample.servedRps * seconds;
    return [{ atSeconds: toSeconds(atUs), seconds, total: good + (sample.errorRps ?? 0) * seconds, good }];
  });
}
