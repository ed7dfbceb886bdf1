/**
 * What flow mode saves: one made-up call graph of growing width played request by request and as flows in the same run.
 * Five layers; a service calls two of the next layer; every replica is 60 % busy, so the cost of the exact mode grows
 * with the requests and that of the flow with the services.
 */
import { quantile, seconds } from '@/engine/kernel';
import { advanceWorld, compileWorld, type ServiceSpec, type SystemSpec, type World } from '@/engine/twin';

const LAYERS = 5;
const DEMAND_MS = 4;
const UTILIZATION = 0.6;
const FLOW_EVERY_SECONDS = 5;
const P95 = 0.95;

export type FlowBenchRow = {
  readonly services: number;
  readonly requestsPerSecond: number;
  readonly exactSeconds: number;
  readonly flowSeconds: number;
  readonly timesFaster: number;
  /** The flow's p95 of client latency over the exact one's, less 1. */
  readonly p95Error: number;
};

export function benchFlow(widths: readonly number[], simulatedSeconds: number, seed: number, nowSeconds: () => number): readonly FlowBenchRow[] {
  return widths.map((width) => {
    const spec = layeredSpec(width);
    const exact = timed(spec, seed, simulatedSeconds, {}, nowSeconds);
    const flow = timed(spec, seed, simulatedSeconds, { flowEverySeconds: FLOW_EVERY_SECONDS }, nowSeconds);
    return {
      services: spec.services.length,
      requestsPerSecond: (spec.services.length * UTILIZATION * 1_000) / DEMAND_MS,
      exactSeconds: exact.wallSeconds,
      flowSeconds: flow.wallSeconds,
      timesFaster: exact.wallSeconds / flow.wallSeconds,
      p95Error: p95Of(flow.world) / p95Of(exact.world) - 1,
    };
  });
}

const p95Of = ({ infra }: World) => quantile(infra.client.total.latency, P95);

function timed(spec: SystemSpec, seed: number, until: number, options: { readonly flowEverySeconds?: number }, nowSeconds: () => number) {
  const began = nowSeconds();
  const world = compileWorld(spec, seed, 0, options);
  advanceWorld(world, seconds(until));
  return { world, wallSeconds: nowSeconds() - began };
}

/** `width` services in each of the layers; a request of a service makes one call to each of two below it, with half a chance. */
function layeredSpec(width: number): SystemSpec {
  const nameOf = (layer: number, place: number) => `layer-${layer}-${place % width}`;
  const services = Array.from({ length: LAYERS * width }, (_, index): ServiceSpec => {
    const layer = Math.floor(index / width);
    const place = index % width;
    const callees = layer === LAYERS - 1 ? [] : [...new Set([nameOf(layer + 1, place), nameOf(layer + 1, place + 1)])];
    return {
      name: nameOf(layer, place),
      replicas: 1,
      lanes: 1,
      queueLimit: 10_000,
      timeoutMs: 60_000,
      demand: { meanMs: DEMAND_MS, law: 'exponential' },
      calls: callees.map((service) => ({ service, perRequest: 1 / callees.length })),
      startUp: { meanMs: 0 },
      cpuRequestMillicores: 0,
      memoryMib: 64,
    };
  });
  return {
    nodes: Array.from({ length: LAYERS * width }, (_, i) => ({ name: `node-${i}`, cpuMillicores: 4_000, memoryMib: 16_384, usdPerHour: 0 })),
    services,
    loads: Array.from({ length: width }, (_, place) => ({ service: nameOf(0, place), arrivals: 'poisson' as const, profile: { kind: 'constant' as const, rps: (UTILIZATION * 1_000) / DEMAND_MS } })),
  };
}
