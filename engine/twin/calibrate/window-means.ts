/** Means over stretches of seconds: what fitting and judging compare, because single seconds are mostly noise. */
import type { Frame, ServiceSample } from '@/engine/telemetry';

export const WINDOW_SECONDS = 10;

export type WindowMeans = { readonly servedRps: number | null; readonly cpuCores: number | null; readonly latencyMeanMs: number | null; readonly latencyP95Ms: number | null };

/** Latencies are weighted by requests. Null where no second measured the quantity. */
export function windowMeans(samples: readonly ServiceSample[]): WindowMeans {
  const weighted = (of: (s: ServiceSample) => number | null, weight: (s: ServiceSample) => number) => {
    let sum = 0;
    let weights = 0;
    for (const sample of samples) {
      const value = of(sample);
      if (value === null) continue;
      sum += value * weight(sample);
      weights += weight(sample);
    }
    return weights === 0 ? null : sum / weights;
  };
  const inMs = (us: number | null) => (us === null ? null : us / 1_000);
  return {
    servedRps: weighted((s) => s.servedRps, () => 1),
    cpuCores: weighted((s) => s.cpuCores, () => 1),
    latencyMeanMs: inMs(weighted((s) => s.latencyMeanUs, (s) => s.servedRps ?? 0)),
    latencyP95Ms: inMs(weighted((s) => s.latencyP95Us, (s) => s.servedRps ?? 0)),
  };
}

export const samplesOf = (frames: readonly Frame[], service: string): ServiceSample[] => frames.flatMap((frame) => frame.services.filter((s) => s.service === service));
