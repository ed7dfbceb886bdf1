/** Requests and limits of a service's pods, as they stand in a system and as somebody recommends them. */
import type { ServiceSpec } from '@/engine/twin';

export type Sizing = {
  readonly cpuRequestMillicores: number;
  /** Null: none. */
  readonly cpuLimitMillicores: number | null;
  readonly memoryRequestMib: number;
  readonly memoryLimitMib: number | null;
};

export type Kept = { readonly resource: 'cpu' | 'memory'; readonly why: string };

export type Recommendation = {
  readonly service: string;
  readonly now: Sizing;
  readonly then: Sizing;
  /** What the method leaves as it is. */
  readonly kept: readonly Kept[];
  /** Share of what was read that lies above the limits it would get, 0..1; null without that limit. */
  readonly aboveCpuLimit: number | null;
  readonly aboveMemoryLimit: number | null;
};

export const sizingOf = ({ cpuRequestMillicores, quotaMillicores, memoryMib, memoryLimitMib, pod }: ServiceSpec): Sizing => ({
  cpuRequestMillicores,
  cpuLimitMillicores: quotaMillicores ?? null,
  memoryRequestMib: pod?.memoryRequestMib ?? memoryMib,
  memoryLimitMib: memoryLimitMib ?? null,
});

/** The service with these requests and limits, held there: a vertical autoscaler of its own would take them back. */
export function withSizing({ verticalAutoscaler: _, ...service }: ServiceSpec, sizing: Sizing): ServiceSpec {
  return {
    ...service,
    cpuRequestMillicores: sizing.cpuRequestMillicores,
    quotaMillicores: sizing.cpuLimitMillicores,
    memoryLimitMib: sizing.memoryLimitMib,
    pod: { ...service.pod, memoryRequestMib: sizing.memoryRequestMib },
  };
}

/**
 * A limit keeps its ratio to the request. One without a request counts as request, as the API server fills it in; no limit
 * stays none. Source: VPA `limits/proportional` (GetProportionalLimit).
 */
export function proportionalLimit(limitNow: number | null, requestNow: number, requestThen: number): number | null {
  if (limitNow === null) return null;
  if (requestNow <= 0) return requestThen;
  return Math.max(requestThen, Math.ceil((limitNow * requestThen) / requestNow));
}
