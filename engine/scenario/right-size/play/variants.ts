/**
 * The systems that are played against the one of today: requests as somebody recommends them, on the machines they still
 * need; or today's requests on fewer and fewer machines. Machines go in the first second, so that what is measured is life
 * without them, not the move. Where a node autoscaler runs, giving machines back is its work.
 */
import type { SystemSpec } from '@/engine/twin';
import type { ScenarioSpec } from '../../scenario-spec';
import { recommendSizes, type RecommendOptions, type SizingMethod } from '../recommend/recommend';
import { withSizing, type Recommendation } from '../recommend/sizing';
import { usageOf, type UsageHistory } from '../usage/usage-history';
import { expectedReplicas } from './expected-replicas';
import { machinesThatMayGo } from './machines';

export const RIGHT_SIZE_METHODS = ['p95', 'vpa', 'krr', 'machines'] as const;
export type RightSizeMethod = (typeof RIGHT_SIZE_METHODS)[number];

export type RightSizeVariant = {
  readonly name: string;
  /** Null: today. */
  readonly method: RightSizeMethod | null;
  /** Machines that are given back. */
  readonly removed: readonly string[];
  readonly recommendations: readonly Recommendation[];
  readonly spec: ScenarioSpec;
};

const MOST_REMOVED = 4;
export const TODAY = 'As it is';
const TITLES: Readonly<Record<SizingMethod, string>> = { p95: '95th percentile', vpa: 'VPA', krr: 'KRR' };

export type RightSizeQuestion = { readonly spec: ScenarioSpec; readonly history: UsageHistory; readonly methods: readonly RightSizeMethod[] } & RecommendOptions;

/** Today first. */
export function rightSizeVariants({ spec, history, methods, allowHpa }: RightSizeQuestion): readonly RightSizeVariant[] {
  const today: RightSizeVariant = { name: TODAY, method: null, removed: [], recommendations: [], spec };
  return [today, ...methods.flatMap((method) => (method === 'machines' ? fewerMachines(spec) : [resized(spec, history, method, { allowHpa })]))];
}

function resized(spec: ScenarioSpec, history: UsageHistory, method: SizingMethod, options: RecommendOptions): RightSizeVariant {
  const recommendations = recommendSizes(spec, history, method, options);
  const sized = { ...spec, system: withRecommendations(spec.system, recommendations) };
  const busiest = { ...sized.system, services: sized.system.services.map((service) => (service.job !== undefined || service.external !== undefined || service.serverless !== undefined ? service : { ...service, replicas: expectedReplicas(service, usageOf(history, service.name), service.cpuRequestMillicores) })) };
  const removed = spec.system.cluster?.nodeAutoscaler === undefined ? machinesThatMayGo(busiest, spec.seed) : [];
  return { name: TITLES[method], method, removed, recommendations, spec: without(sized, removed) };
}

function withRecommendations(system: SystemSpec, recommendations: readonly Recommendation[]): SystemSpec {
  const byName = new Map(recommendations.map((each) => [each.service, each.then]));
  return { ...system, services: system.services.map((service) => (byName.has(service.name) ? withSizing(service, byName.get(service.name)!) : service)) };
}

/** Those without a mesh gateway go first, the dearest before the cheaper; at least one stays. */
function fewerMachines(spec: ScenarioSpec): RightSizeVariant[] {
  const inOrder = [...spec.system.nodes].sort((a, b) => Number(a.router !== undefined) - Number(b.router !== undefined) || b.usdPerHour - a.usdPerHour || (a.name < b.name ? -1 : 1));
  return Array.from({ length: Math.min(MOST_REMOVED, inOrder.length - 1) }, (_, i): RightSizeVariant => {
    const removed = inOrder.slice(0, i + 1).map(({ name }) => name);
    return { name: `Without ${removed.join(', ')}`, method: 'machines', removed, recommendations: [], spec: without(spec, removed) };
  });
}

function without(spec: ScenarioSpec, removed: readonly string[]): ScenarioSpec {
  if (removed.length === 0) return spec;
  const actions = removed.map((node) => ({ atSeconds: 1, command: { kind: 'remove-node', node } as const }));
  return { ...spec, faults: (spec.faults ?? []).filter((fault) => !('node' in fault) || !removed.includes(fault.node)), actions: [...actions, ...(spec.actions ?? [])] };
}
