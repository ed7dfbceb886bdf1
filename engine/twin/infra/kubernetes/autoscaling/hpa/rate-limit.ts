/**
 * How far one round may go. Each policy looks at the size the workload had at the start of its period (both
 * event logs undo what happened since) and allows a number of pods or a percentage from there; growth by
 * percent rounds up so that one pod can grow, shrinking truncates. Max takes the widest, Min the narrowest.
 */
import { recordOver, type ScaleEvent, type ScaleHistory, type ScalingPolicy, type ScalingRules } from './behavior';

export type Limited = { readonly replicas: number; readonly reason: 'DesiredWithinRange' | 'TooManyReplicas' | 'TooFewReplicas' | 'ScaleUpLimit' | 'ScaleDownLimit' };
export type SizeRange = { readonly min: number; readonly max: number };

type Events = Pick<ScaleHistory, 'upEvents' | 'downEvents'>;

/** Sum of changes younger than the period; exactly as old is out. */
export const changeWithin = (events: readonly ScaleEvent[], now: number, periodSeconds: number) =>
  events.reduce((sum, { change, at }) => (at > now - periodSeconds ? sum + change : sum), 0);

function sizeAtStart(current: number, { upEvents, downEvents }: Events, now: number, { periodSeconds }: ScalingPolicy): number {
  return current - changeWithin(upEvents, now, periodSeconds) + changeWithin(downEvents, now, periodSeconds);
}

export function scaleUpLimit(current: number, events: Events, now: number, { selectPolicy, policies }: ScalingRules): number {
  if (selectPolicy === 'Disabled') return current;
  const limits = policies.map((policy) => {
    const base = sizeAtStart(current, events, now, policy);
    return policy.type === 'Pods' ? base + policy.value : Math.ceil(base * (1 + policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits);
}

export function scaleDownLimit(current: number, events: Events, now: number, { selectPolicy, policies }: ScalingRules): number {
  if (selectPolicy === 'Disabled') return current;
  const limits = policies.map((policy) => {
    const base = sizeAtStart(current, events, now, policy);
    return policy.type === 'Pods' ? base - policy.value : Math.trunc(base * (1 - policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits);
}

/** One round under a behaviour: the wanted size, held between the rate limit and the range. */
export function limitByBehavior(current: number, wanted: number, { min, max }: SizeRange, events: Events, now: number, rules: { readonly up: ScalingRules; readonly down: ScalingRules }): Limited {
  if (wanted > current) {
    const limit = Math.max(current, scaleUpLimit(current, events, now, rules.up));
    const most = Math.min(max, limit);
    if (wanted > most) return { replicas: most, reason: max > limit ? 'ScaleUpLimit' : 'TooManyReplicas' };
  } else if (wanted < current) {
    const limit = Math.min(current, scaleDownLimit(current, events, now, rules.down));
    const least = Math.max(min, limit);
    if (wanted < least) return { replicas: least, reason: min < limit ? 'ScaleDownLimit' : 'TooFewReplicas' };
  }
  return { replicas: wanted, reason: 'DesiredWithinRange' };
}

export type LegacyUpLimit = { readonly factor: number; readonly minimum: number };
export const DEFAULT_UP_LIMIT: LegacyUpLimit = { factor: 2, minimum: 4 };

/** One round without a behaviour: at most twice the size (or 4) upwards. */
export function limitByFactor(current: number, wanted: number, { min, max }: SizeRange, { factor, minimum }: LegacyUpLimit): Limited {
  const limit = Math.trunc(Math.max(factor * current, minimum));
  const most = Math.min(max, limit);
  if (wanted < min) return { replicas: min, reason: 'TooFewReplicas' };
  if (wanted > most) return { replicas: most, reason: max > limit ? 'ScaleUpLimit' : 'TooManyReplicas' };
  return { replicas: wanted, reason: 'DesiredWithinRange' };
}

/** The log after a change of size: an event older than the longest policy period is overwritten. */
export function recordScaleEvent(events: readonly ScaleEvent[], change: number, now: number, rules: ScalingRules): readonly ScaleEvent[] {
  const longest = rules.policies.reduce((most, { periodSeconds }) => Math.max(most, periodSeconds), 0);
  return recordOver(events, ({ at }) => at < now - longest, { change, at: now });
}
