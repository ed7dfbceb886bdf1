/**
 * Every variant beside the system of today, seed by seed: what happened to it, what it saves, and what is left once its risk
 * is priced. Risk is the share of time outside the objectives, priced by the person who knows what such an hour costs. A
 * saving never exceeds the spend: only machines that really go save anything.
 */
import { HOURS_PER_MONTH, returnOn } from '@/engine/cost';
import { mean, meanInterval, type Interval } from '@/engine/kernel';
import type { RunReport } from '../../run-report';
import { consequenceOf, type Consequence, type ServiceConsequence } from './consequence';
import type { RightSizeVariant } from './variants';

export type MeasuredRun = {
  readonly variant: string;
  /** Services that were read above the memory limit they get: whatever a twin with steady memory makes of it, they would be killed. */
  readonly overLimit: readonly string[];
  /** Machines that were given back and are still paid at the end: a budget holds their pods, or they come back. */
  readonly stayed: readonly string[];
  readonly consequence: Consequence;
};
export type RiskPrices = { readonly usdPerMissedHour: number; readonly effortUsd: number };

/** Means over the paired seeds, in the fields of one run. */
export type ServiceRow = ServiceConsequence;

export type RightSizeRow = {
  readonly variant: string;
  readonly seeds: number;
  readonly services: readonly ServiceRow[];
  readonly overLimit: readonly string[];
  readonly stayed: readonly string[];
  readonly oomKills: number;
  readonly evictions: number;
  readonly pending: number;
  /** Of the service that is throttled most. */
  readonly throttledShare: number | null;
  readonly latencyP99Ms: number | null;
  readonly errorShare: number | null;
  readonly replicas: number;
  readonly machines: number;
  readonly machinesAtEnd: number;
  readonly spendPerHour: number;
  readonly savedPerHour: number;
  readonly missShare: number;
  readonly addedMissShare: Interval;
  readonly riskPerHour: number;
  readonly netPerHour: Interval;
  readonly netPerYear: number;
  readonly paybackHours: number | null;
};

/** What one run of a variant had to show. */
export function measuredRun({ name, removed, recommendations, spec }: RightSizeVariant, report: RunReport): MeasuredRun {
  const last = report.frames.at(-1)?.nodes ?? [];
  return {
    variant: name,
    overLimit: recommendations.filter(({ aboveMemoryLimit }) => (aboveMemoryLimit ?? 0) > 0).map(({ service }) => service),
    stayed: removed.filter((machine) => last.some(({ node, paid }) => node === machine && paid !== false)),
    consequence: consequenceOf(spec, report),
  };
}

type Pair = { readonly run: Consequence; readonly base: Consequence };

const micro = (usd: number) => Math.round(usd * 1e6);

/** The first variant is the baseline of the others. Runs whose seed has no partner are left out. */
export function rightSizeRows(runs: readonly MeasuredRun[], prices: RiskPrices): readonly RightSizeRow[] {
  const baseline = new Map(runs.filter((run) => run.variant === runs[0]?.variant).map(({ consequence }) => [consequence.seed, consequence]));
  return [...new Set(runs.map((run) => run.variant))].flatMap((variant): RightSizeRow[] => {
    const pairs = runs.flatMap(({ variant: name, consequence }): Pair[] => {
      const base = baseline.get(consequence.seed);
      return name !== variant || base === undefined ? [] : [{ run: consequence, base }];
    });
    const own = runs.filter((run) => run.variant === variant);
    const stayed = [...new Set(own.flatMap((run) => run.stayed))];
    return pairs.length === 0 ? [] : [{ variant, seeds: pairs.length, overLimit: own[0]!.overLimit, stayed, ...happened(pairs.map(({ run }) => run)), ...priced(pairs, prices) }];
  });
}

function happened(runs: readonly Consequence[]) {
  const of = (value: (run: Consequence) => number) => mean(runs.map(value));
  const services = runs[0]!.services.map(({ service }) => serviceRow(service, runs.map((run) => run.services.find((each) => each.service === service)!)));
  return {
    services,
    oomKills: of(({ oomKills }) => oomKills),
    evictions: of(({ evictions }) => evictions),
    pending: of(({ pending }) => pending),
    throttledShare: services.reduce<number | null>((most, { throttledShare }) => (throttledShare === null ? most : Math.max(most ?? 0, throttledShare)), null),
    latencyP99Ms: meanOfKnown(runs.map(({ latencyP99Ms }) => latencyP99Ms)),
    errorShare: meanOfKnown(runs.map(({ errorShare }) => errorShare)),
    replicas: services.reduce((sum, { replicas }) => sum + replicas, 0),
    machines: of(({ machines }) => machines),
    machinesAtEnd: of(({ machinesAtEnd }) => machinesAtEnd),
    missShare: of(({ missShare }) => missShare),
  };
}

function serviceRow(service: string, runs: readonly ServiceConsequence[]): ServiceRow {
  const of = (value: (run: ServiceConsequence) => number) => mean(runs.map(value));
  return {
    service,
    oomKills: of(({ oomKills }) => oomKills),
    evictions: of(({ evictions }) => evictions),
    pending: of(({ pending }) => pending),
    throttledShare: meanOfKnown(runs.map(({ throttledShare }) => throttledShare)),
    latencyP99Ms: meanOfKnown(runs.map(({ latencyP99Ms }) => latencyP99Ms)),
    errorShare: meanOfKnown(runs.map(({ errorShare }) => errorShare)),
    replicas: of(({ replicas }) => replicas),
    replicasMost: runs.reduce((most, { replicasMost }) => Math.max(most, replicasMost), 0),
  };
}

/** Null where no run knows it. */
function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? null : mean(known);
}

function priced(pairs: readonly Pair[], { usdPerMissedHour, effortUsd }: RiskPrices) {
  const saved = pairs.map(({ run, base }) => Math.min(base.usdPerHour, base.usdPerHour - run.usdPerHour));
  const added = pairs.map(({ run, base }) => run.missShare - base.missShare);
  const riskPerHour = mean(added) * usdPerMissedHour;
  const { net, paybackHours } = returnOn({ savedPerHour: micro(mean(saved)), riskPerHour: micro(riskPerHour), oneOff: micro(effortUsd), horizonHours: 12 * HOURS_PER_MONTH });
  return {
    spendPerHour: mean(pairs.map(({ run }) => run.usdPerHour)),
    savedPerHour: mean(saved),
    addedMissShare: meanInterval(added),
    riskPerHour,
    netPerHour: meanInterval(pairs.map((_, i) => saved[i]! - added[i]! * usdPerMissedHour)),
    netPerYear: net / 1e6,
    paybackHours,
  };
}
