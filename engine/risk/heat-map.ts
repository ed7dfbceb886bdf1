/**
 * Component × time over many runs, in plain code: the same rules as the SQL report of that name, for places
 * without a database (the command line, the loop) and as its check.
 */
import { timeUs, US_PER_SECOND, type TimeUs } from '@/engine/kernel';
import type { Frame, ServiceSample } from '@/engine/telemetry';

export type ComponentKind = 'service' | 'node' | 'router';

/** What must hold for one service. Left out: the defaults of the options. */
export type ServiceLimits = { readonly service: string; readonly latencyMaxMs: Readonly<Partial<Record<'p50' | 'p95' | 'p99', number>>>; readonly availabilityMin: number | null };
export type ObservedRun = { readonly startedUs: TimeUs; readonly frames: readonly Frame[]; readonly limits: readonly ServiceLimits[] };
export type HeatMapOptions = { readonly bucketSeconds: number; readonly saturationLimit: number; readonly latencyMaxMs: number; readonly errorShareMax: number };

export type HeatMapCell = {
  readonly kind: ComponentKind;
  readonly component: string;
  readonly bucket: number;
  readonly offsetUs: TimeUs;
  readonly runCount: number;
  readonly secondsObserved: number;
  readonly missShare: number;
  readonly saturationShare: number;
  readonly riskShare: number;
  readonly runShare: number;
  readonly utilizationMax: number | null;
};

export const HEAT_MAP_DEFAULTS: HeatMapOptions = { bucketSeconds: 60, saturationLimit: 0.8, latencyMaxMs: 1_000_000, errorShareMax: 0.01 };

type Seen = { readonly kind: ComponentKind; readonly component: string; readonly missed: boolean; readonly utilization: number | null };
type Tally = { readonly kind: ComponentKind; readonly component: string; readonly bucket: number; readonly runs: Set<number>; readonly runsAtRisk: Set<number>; us: number; missedUs: number; saturatedUs: number; atRiskUs: number; utilizationMax: number | null };

export function heatMap(runs: readonly ObservedRun[], options: HeatMapOptions = HEAT_MAP_DEFAULTS): HeatMapCell[] {
  const tallies = new Map<string, Tally>();
  const bucketUs = options.bucketSeconds * US_PER_SECOND;
  runs.forEach((run, runIndex) => {
    for (const frame of run.frames) {
      const bucket = Math.floor((frame.atUs - frame.windowUs - run.startedUs) / bucketUs);
      for (const seen of [...servicesSeen(frame, run.limits, options), ...nodesSeen(frame), ...routersSeen(frame)]) {
        const key = `${seen.kind}\0${seen.component}\0${bucket}`;
        const tally: Tally = tallies.get(key) ?? { kind: seen.kind, component: seen.component, bucket, runs: new Set(), runsAtRisk: new Set(), us: 0, missedUs: 0, saturatedUs: 0, atRiskUs: 0, utilizationMax: null };
        tallies.set(key, tally);
        add(tally, seen, { runIndex, windowUs: frame.windowUs, saturated: seen.utilization !== null && seen.utilization > options.saturationLimit });
      }
    }
  });
  return [...tallies.values()].sort(byPlace).map((tally) => cellOf(tally, bucketUs));
}

function servicesSeen({ services }: Frame, limits: readonly ServiceLimits[], options: HeatMapOptions): Seen[] {
  return services.map((sample) => ({ kind: 'service', component: sample.service, missed: missesLimits(sample, limits.find((one) => one.service === sample.service), options), utilization: utilizationOf(sample) }));
}

function missesLimits(sample: ServiceSample, limits: ServiceLimits | undefined, { latencyMaxMs, errorShareMax }: HeatMapOptions): boolean {
  const { p50, p95, p99 } = limits?.latencyMaxMs ?? {};
  const slower = (latencyUs: number | null, maxMs: number | undefined) => latencyUs !== null && maxMs !== undefined && latencyUs > maxMs * 1_000;
  const any = p50 !== undefined || p95 !== undefined || p99 !== undefined;
  const allowed = limits === undefined || limits.availabilityMin === null ? errorShareMax : 1 - limits.availabilityMin;
  const failing = sample.errorRps !== null && sample.errorRps > allowed * ((sample.servedRps ?? 0) + sample.errorRps);
  return slower(sample.latencyP50Us, p50) || slower(sample.latencyP95Us, any ? p95 : latencyMaxMs) || slower(sample.latencyP99Us, p99) || failing;
}

function utilizationOf({ cpuCores, replicasReady, quotaMillicores }: ServiceSample): number | null {
  if (cpuCores === null || replicasReady === null || quotaMillicores === null || replicasReady * quotaMillicores === 0) return null;
  return cpuCores / ((replicasReady * quotaMillicores) / 1_000);
}

const nodesSeen = ({ nodes }: Frame): Seen[] => nodes.map((node) => ({ kind: 'node', component: node.node, missed: !node.up, utilization: node.cpuCores === null || node.cpuCapacityCores === 0 ? null : node.cpuCores / node.cpuCapacityCores }));

/** A gateway has no next hop and needs none. */
const routersSeen = ({ mesh }: Frame): Seen[] => (mesh?.routes ?? []).map((route) => ({ kind: 'router', component: route.router, missed: route.nextHop === null && route.gateway !== route.router, utilization: null }));

function add(tally: Tally, { missed, utilization }: Seen, { runIndex, windowUs, saturated }: { readonly runIndex: number; readonly windowUs: number; readonly saturated: boolean }): void {
  tally.runs.add(runIndex);
  tally.us += windowUs;
  if (missed) tally.missedUs += windowUs;
  if (saturated) tally.saturatedUs += windowUs;
  if (missed || saturated) {
    tally.atRiskUs += windowUs;
    tally.runsAtRisk.add(runIndex);
  }
  if (utilization !== null) tally.utilizationMax = Math.max(tally.utilizationMax ?? utilization, utilization);
}

const cellOf = ({ kind, component, bucket, runs, runsAtRisk, us, missedUs, saturatedUs, atRiskUs, utilizationMax }: Tally, bucketUs: number): HeatMapCell => ({
  kind,
  component,
  bucket,
  offsetUs: timeUs(bucket * bucketUs),
  runCount: runs.size,
  secondsObserved: us / US_PER_SECOND,
  missShare: missedUs / us,
  saturationShare: saturatedUs / us,
  riskShare: atRiskUs / us,
  runShare: runsAtRisk.size / runs.size,
  utilizationMax,
});

const compareText = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
const byPlace = (x: Tally, y: Tally) => compareText(x.kind, y.kind) || compareText(x.component, y.component) || x.bucket - y.bucket;
