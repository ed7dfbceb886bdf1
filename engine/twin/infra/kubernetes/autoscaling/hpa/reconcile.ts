/**
 * One whole round of the autoscaler: range, metrics, stabilisation, rate. A size outside [min, max] is
 * corrected without reading a metric; 0 replicas with a minimum above 0 mean that a person switched it off.
 * Source: `horizontal.go reconcileAutoscaler`.
 */
import type { ScaleHistory, ScalingBehavior } from './behavior';
import type { MetricSource } from './metric';
import { combineProposals } from './propose';
import { limitByBehavior, limitByFactor, recordScaleEvent, type LegacyUpLimit, type Limited, type SizeRange } from './rate-limit';
import type { CalculatorContext } from './replica-calculator';
import { stabilizeBoth, stabilizeDown, type Stabilized } from './stabilize';

export type Condition = { readonly status: boolean; readonly reason: string };
export type ConditionType = 'AbleToScale' | 'ScalingActive' | 'ScalingLimited';
export type Conditions = Readonly<Partial<Record<ConditionType, Condition>>>;

export type HpaRound = CalculatorContext & {
  readonly range: SizeRange;
  readonly metrics: readonly MetricSource[];
  readonly behavior: ScalingBehavior | null;
  /** Null: this workload is seen for the first time, so its size is remembered first and cannot shrink at once. */
  readonly history: ScaleHistory | null;
  readonly downscaleWindowSeconds: number;
  readonly upLimit: LegacyUpLimit;
};

export type HpaOutcome = {
  readonly replicas: number;
  readonly cpuUtilization: number | null;
  readonly conditions: Conditions;
  readonly history: ScaleHistory;
};

const yes = (reason: string): Condition => ({ status: true, reason });
const not = (reason: string): Condition => ({ status: false, reason });
const FOUND: Conditions = { AbleToScale: yes('SucceededGetScale') };

export function reconcile(round: HpaRound): HpaOutcome {
  const { currentReplicas: current, range } = round;
  const history = round.history ?? { recommendations: [{ replicas: current, at: round.clock.now }], upEvents: [], downEvents: [] };
  const stay = (conditions: Conditions, cpuUtilization: number | null = null): HpaOutcome => ({ replicas: current, cpuUtilization, conditions, history });
  if (current === 0 && range.min !== 0) return stay({ ...FOUND, ScalingActive: not('ScalingDisabled') });
  if (current > range.max) return rescale(round, history, range.max, FOUND, null);
  if (current < range.min) return rescale(round, history, range.min, FOUND, null);
  const proposal = combineProposals(round, round.metrics);
  if (!proposal.ok) return stay({ ...FOUND, ScalingActive: not(proposal.error.reason) }, proposal.error.utilizationPercent);
  const settled = settle(round, history, proposal.value.replicas);
  const conditions = { ...settled.conditions, ScalingActive: yes('ValidMetricFound') };
  const kept = { ...history, recommendations: settled.stabilized.recommendations };
  return rescale(round, kept, settled.limited.replicas, conditions, proposal.value.utilizationPercent);
}

function settle(round: HpaRound, { recommendations, upEvents, downEvents }: ScaleHistory, wanted: number): { readonly stabilized: Stabilized; readonly limited: Limited; readonly conditions: Conditions } {
  const { currentReplicas: current, range, behavior, clock } = round;
  const stabilized =
    behavior === null
      ? stabilizeDown(recommendations, wanted, clock.now, round.downscaleWindowSeconds)
      : stabilizeBoth(recommendations, current, wanted, clock.now, { upSeconds: behavior.up.stabilizationWindowSeconds, downSeconds: behavior.down.stabilizationWindowSeconds });
  const limited =
    behavior === null
      ? limitByFactor(current, stabilized.replicas, range, round.upLimit)
      : limitByBehavior(current, stabilized.replicas, range, { upEvents, downEvents }, clock.now, behavior);
  const held = behavior !== null && wanted >= current ? 'ScaleUpStabilized' : 'ScaleDownStabilized';
  return {
    stabilized,
    limited,
    conditions: {
      AbleToScale: yes(stabilized.replicas === wanted ? 'ReadyForNewScale' : held),
      ScalingLimited: { status: limited.replicas !== stabilized.replicas, reason: limited.reason },
    },
  };
}

function rescale(round: HpaRound, history: ScaleHistory, replicas: number, conditions: Conditions, cpuUtilization: number | null): HpaOutcome {
  const change = replicas - round.currentReplicas;
  if (change === 0) return { replicas, cpuUtilization, conditions, history };
  return { replicas, cpuUtilization, conditions: { ...conditions, AbleToScale: yes('SucceededRescale') }, history: withEvent(round, history, change) };
}

function withEvent({ behavior, clock }: HpaRound, history: ScaleHistory, change: number): ScaleHistory {
  if (behavior === null) return history;
  if (change > 0) return { ...history, upEvents: recordScaleEvent(history.upEvents, change, clock.now, behavior.up) };
  return { ...history, downEvents: recordScaleEvent(history.downEvents, -change, clock.now, behavior.down) };
}
