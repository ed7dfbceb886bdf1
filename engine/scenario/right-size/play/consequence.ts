/** What a run had to show for its requests and limits, after its warm-up: who was killed, throttled, evicted or left waiting, what it took and what it cost. */
import { HEAT_MAP_DEFAULTS, heatMap, type ServiceLimits } from '@/engine/risk';
import { timeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { RunReport } from '../../run-report';
import type { ScenarioSpec } from '../../scenario-spec';
import { serviceOfPod } from '../usage/observe-usage';

export type ServiceConsequence = {
  readonly service: string;
  readonly oomKills: number;
  readonly evictions: number;
  /** Pods without a node, on average. */
  readonly pending: number;
  /** Mean share of CFS periods; null without a CPU limit. */
  readonly throttledShare: number | null;
  readonly latencyP99Ms: number | null;
  readonly errorShare: number | null;
  readonly replicas: number;
  readonly replicasMost: number;
};

export type Consequence = {
  readonly seed: number;
  readonly services: readonly ServiceConsequence[];
  readonly oomKills: number;
  readonly evictions: number;
  readonly pending: number;
  /** End to end. */
  readonly latencyP99Ms: number | null;
  readonly errorShare: number | null;
  /** Share of time outside the objectives, 0..1. */
  readonly missShare: number;
  /** That are paid: on average, and when the run ends. */
  readonly machines: number;
  readonly machinesAtEnd: number;
  readonly usdPerHour: number;
};

const CLIENT = 'client';

export function consequenceOf(spec: ScenarioSpec, { seed, frames: all, alarms, kpis }: Pick<RunReport, 'seed' | 'frames' | 'alarms' | 'kpis'>): Consequence {
  const warmUp = spec.warmUpSeconds ?? 0;
  const frames = all.filter(({ atUs }) => atUs > warmUp * 1e6);
  const happened = (kind: string, service: string) => alarms.filter((alarm) => alarm.kind === kind && alarm.atSeconds > warmUp && serviceOfPod(alarm.subject) === service).length;
  const kpi = (name: string) => kpis[name]?.value ?? null;
  const services = spec.system.services.filter(({ external, serverless }) => external === undefined && serverless === undefined).map(({ name }): ServiceConsequence => {
    const samples = frames.flatMap((frame) => frame.services.find(({ service }) => service === name) ?? []);
    const sizes = samples.flatMap(({ replicas }) => replicas ?? []);
    return {
      service: name,
      oomKills: happened('oom-kill', name),
      evictions: happened('evicted', name),
      pending: pendingOf(frames, name),
      throttledShare: meanOrNull(samples.flatMap(({ throttledShare }) => throttledShare ?? [])),
      latencyP99Ms: kpi(`${name}.latencyP99Ms`),
      errorShare: kpi(`${name}.errorShare`),
      replicas: meanOrNull(sizes) ?? 0,
      replicasMost: sizes.reduce((most, size) => Math.max(most, size), 0),
    };
  });
  const sum = (of: (service: ServiceConsequence) => number) => services.reduce((total, service) => total + of(service), 0);
  return {
    seed,
    services,
    oomKills: sum(({ oomKills }) => oomKills),
    evictions: sum(({ evictions }) => evictions),
    pending: sum(({ pending }) => pending),
    latencyP99Ms: kpi(`${CLIENT}.latencyP99Ms`),
    errorShare: kpi(`${CLIENT}.errorShare`),
    missShare: missShareOf(spec, frames),
    machines: meanOrNull(frames.map(paidMachines)) ?? 0,
    machinesAtEnd: frames.length === 0 ? 0 : paidMachines(frames.at(-1)!),
    usdPerHour: kpi('cost') ?? 0,
  };
}

const meanOrNull = (values: readonly number[]) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
const paidMachines = ({ nodes }: Frame) => nodes.filter(({ paid }) => paid !== false).length;

function pendingOf(frames: readonly Frame[], name: string): number {
  const readings = frames.flatMap(({ pods }) => (pods === undefined ? [] : [pods.filter(({ service, node }) => service === name && node === null).length]));
  return meanOrNull(readings) ?? 0;
}

/** Of clients, by the rules of the risk map. */
function missShareOf({ objectives = [] }: ScenarioSpec, frames: readonly Frame[]): number {
  const latencyMaxMs: Partial<Record<'p50' | 'p95' | 'p99', number>> = {};
  let availabilityMin: number | null = null;
  for (const objective of objectives) {
    if (objective.kind === 'latency' && objective.service === CLIENT) latencyMaxMs[QUANTILE[objective.quantile]] = objective.maxMs;
    if (objective.kind === 'availability' && objective.service === CLIENT) availabilityMin = objective.min;
  }
  const limits: ServiceLimits[] = [{ service: CLIENT, latencyMaxMs, availabilityMin }];
  const bucketSeconds = Math.max(1, (frames.at(-1)?.atUs ?? 0) / 1e6);
  const cells = heatMap([{ startedUs: timeUs(0), frames, limits }], { ...HEAT_MAP_DEFAULTS, bucketSeconds });
  return cells.find(({ kind, component }) => kind === 'service' && component === CLIENT)?.missShare ?? 0;
}

const QUANTILE = { 0.5: 'p50', 0.95: 'p95', 0.99: 'p99' } as const;
