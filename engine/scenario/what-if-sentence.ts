/** The answer in one sentence with its numbers: what changed for clients, what moved, what it costs. */
import type { Frame } from '@/engine/telemetry';
import type { CompareReport, ComparedKpi } from './run-report';

export function whatIfSentence(title: string, comparison: CompareReport, baseline: readonly Frame[], variant: readonly Frame[]): string {
  const before = comparison.variants[0]!.kpis;
  const after = comparison.variants[1]!.kpis;
  const find = (kpis: readonly ComparedKpi[], kpi: string) => kpis.find((k) => k.kpi === kpi);
  const parts: string[] = [];
  const p99 = find(after, 'client.latencyP99Ms');
  if (p99?.delta) parts.push(`p99 ${ms(find(before, 'client.latencyP99Ms')!.interval.mean)} → ${ms(p99.interval.mean)} (${change(p99, ms)})`);
  const errors = find(after, 'client.errorShare');
  if (errors?.delta) parts.push(`errors ${percent(find(before, 'client.errorShare')!.interval.mean)} → ${percent(errors.interval.mean)}`);
  const cost = find(after, 'cost');
  if (cost?.delta && cost.delta.mean !== 0) parts.push(`cost ${usd(find(before, 'cost')!.interval.mean)} → ${usd(cost.interval.mean)}`);
  const moved = movedReplicas(baseline, variant);
  if (moved > 0) parts.push(`${moved} ${moved === 1 ? 'replica' : 'replicas'} moved`);
  const rerouted = reroutedRouters(baseline, variant);
  if (rerouted > 0) parts.push(`${rerouted} mesh ${rerouted === 1 ? 'router' : 'routers'} rerouted`);
  return `${title}: ${parts.length === 0 ? 'nothing that clients would notice' : parts.join(', ')} (${comparison.seeds.length} paired runs).`;
}

const ms = (value: number) => (value >= 1_000 ? `${(value / 1_000).toFixed(2)} s` : `${value.toFixed(value >= 100 ? 0 : 1)} ms`);
const percent = (share: number) => `${(share * 100).toFixed(share === 0 || share >= 0.1 ? 0 : 2)} %`;
const usd = (value: number) => `$${value.toFixed(2)}/h`;

function change(kpi: ComparedKpi, show: (value: number) => string): string {
  const { mean, upper } = kpi.delta!;
  return `${mean < 0 ? '−' : '+'}${show(Math.abs(mean))} ± ${show(upper - mean)}`;
}

/** Replicas that live on another node, or are new, at the end of the horizon. */
function movedReplicas(baseline: readonly Frame[], variant: readonly Frame[]): number {
  const places = new Map(baseline.at(-1)?.nodes.flatMap((node) => node.replicas.map((replica) => [replica, node.node] as const)) ?? []);
  const now = variant.at(-1)?.nodes.flatMap((node) => node.replicas.map((replica) => [replica, node.node] as const)) ?? [];
  return now.filter(([replica, node]) => places.get(replica) !== node).length;
}

function reroutedRouters(baseline: readonly Frame[], variant: readonly Frame[]): number {
  const hops = new Map(baseline.at(-1)?.mesh?.routes.map((route) => [route.router, route.nextHop]) ?? []);
  return variant.at(-1)?.mesh?.routes.filter((route) => hops.has(route.router) && hops.get(route.router) !== route.nextHop).length ?? 0;
}
