/** What the loop may do and what it values. Every number has a default; a file may override any of them. */
import { err, ok, type Result } from '@/engine/kernel';
import { member, onlyKeys, optional, readFlag, readList, readNumber, readText, specReader, type SpecIssue, type SpecReader, type SystemSpec } from '@/engine/twin';

export type LoopObjective = { readonly service: string; readonly latencyP95MsMax: number; readonly errorShareMax: number };

export type LoopPolicy = {
  /** A decision turn every so many seconds, over a window of so many. */
  readonly everySeconds: number;
  readonly windowSeconds: number;
  readonly utilizationHigh: number;
  readonly utilizationLow: number;
  readonly throttledShareHigh: number;
  /** Share of bad seconds the objectives allow, and the burn rate that is a finding. */
  readonly budget: number;
  readonly burnHigh: number;
  readonly objectives: readonly LoopObjective[];
  readonly rehearsalSeeds: number;
  readonly warmSeconds: number;
  readonly settleSeconds: number;
  readonly verifySeconds: number;
  readonly level: number;
  /** What an hour of missed objectives is worth, and one started or stopped replica. */
  readonly usdPerMissedHour: number;
  readonly usdPerDisruption: number;
  /** What an hour of one setting that is not as configured is worth. */
  readonly usdPerDriftHour: number;
  /** A plan must beat doing nothing by this much. */
  readonly usdPerHourGainMin: number;
  /** Plans that would cost more than this are refused, unless doing nothing costs as much. */
  readonly usdPerHourMax: number;
  /** No second plan for a service within this time. */
  readonly cooldownSeconds: number;
  readonly planTtlSeconds: number;
  readonly approvalTtlSeconds: number;
  /** One person runs everything: the author of a plan may approve it, and the audit says so. */
  readonly singleOperator: boolean;
};

export const DEFAULT_POLICY: LoopPolicy = {
  everySeconds: 10,
  windowSeconds: 30,
  utilizationHigh: 0.8,
  utilizationLow: 0.3,
  throttledShareHigh: 0.25,
  budget: 0.05,
  burnHigh: 2,
  objectives: [],
  rehearsalSeeds: 6,
  warmSeconds: 20,
  settleSeconds: 15,
  verifySeconds: 30,
  level: 0.9,
  usdPerMissedHour: 20,
  usdPerDisruption: 0.005,
  usdPerDriftHour: 0.02,
  usdPerHourGainMin: 0.005,
  usdPerHourMax: 1e9,
  cooldownSeconds: 90,
  planTtlSeconds: 600,
  approvalTtlSeconds: 300,
  singleOperator: true,
};

/** What an entry service should keep when nobody said otherwise: errors, and a p95 of twice its usual one. */
const DEFAULT_OBJECTIVE = { usualP95Factor: 2, latencyP95MsMax: 200, errorShareMax: 0.01 };

/** A policy without objectives gets one for every service that takes load from outside. */
export function withDefaultObjectives(policy: LoopPolicy, system: SystemSpec, usualP95Ms: (service: string) => number | null): LoopPolicy {
  if (policy.objectives.length > 0) return policy;
  const { usualP95Factor, latencyP95MsMax, errorShareMax } = DEFAULT_OBJECTIVE;
  const entries = [...new Set(system.loads.map((load) => load.service))];
  const limitOf = (service: string) => {
    const usual = usualP95Ms(service);
    return usual === null ? latencyP95MsMax : Math.ceil(usual * usualP95Factor);
  };
  return { ...policy, objectives: entries.map((service) => ({ service, latencyP95MsMax: limitOf(service), errorShareMax })) };
}

const NUMBERS: Readonly<Record<string, { readonly min: number; readonly max: number; readonly integer?: boolean }>> = {
  everySeconds: { min: 1, max: 86_400, integer: true },
  windowSeconds: { min: 2, max: 3_600, integer: true },
  utilizationHigh: { min: 0.05, max: 1 },
  utilizationLow: { min: 0, max: 0.95 },
  throttledShareHigh: { min: 0, max: 1 },
  budget: { min: 0.0001, max: 1 },
  burnHigh: { min: 0.1, max: 1_000 },
  rehearsalSeeds: { min: 2, max: 100, integer: true },
  warmSeconds: { min: 1, max: 3_600, integer: true },
  settleSeconds: { min: 0, max: 3_600, integer: true },
  verifySeconds: { min: 5, max: 3_600, integer: true },
  level: { min: 0.5, max: 0.999 },
  usdPerMissedHour: { min: 0, max: 1e9 },
  usdPerDisruption: { min: 0, max: 1e6 },
  usdPerDriftHour: { min: 0, max: 1e6 },
  usdPerHourGainMin: { min: 0, max: 1e6 },
  usdPerHourMax: { min: 0, max: 1e9 },
  cooldownSeconds: { min: 0, max: 86_400, integer: true },
  planTtlSeconds: { min: 1, max: 86_400, integer: true },
  approvalTtlSeconds: { min: 1, max: 86_400, integer: true },
};

/** Reads a policy document over the defaults; every issue at once. */
export function parsePolicy(document: unknown): Result<LoopPolicy, readonly SpecIssue[]> {
  const at = specReader(document);
  onlyKeys(at, [...Object.keys(NUMBERS), 'objectives', 'singleOperator']);
  const numbers = Object.entries(NUMBERS).flatMap(([key, range]) => {
    const value = optional(at, key, (m) => readNumber(m, range));
    return value === undefined ? [] : [[key, value] as const];
  });
  const policy: LoopPolicy = {
    ...DEFAULT_POLICY,
    ...Object.fromEntries(numbers),
    objectives: optional(at, 'objectives', (m) => readList(m, readObjective)) ?? DEFAULT_POLICY.objectives,
    singleOperator: optional(at, 'singleOperator', readFlag) ?? DEFAULT_POLICY.singleOperator,
  };
  return at.issues.length === 0 ? ok(policy) : err(at.issues);
}

function readObjective(at: SpecReader): LoopObjective {
  onlyKeys(at, ['service', 'latencyP95MsMax', 'errorShareMax']);
  return {
    service: readText(member(at, 'service')),
    latencyP95MsMax: readNumber(member(at, 'latencyP95MsMax'), { min: 0.001, max: 3_600_000 }),
    errorShareMax: readNumber(member(at, 'errorShareMax'), { min: 0, max: 1 }),
  };
}
