/**
 * The horizontal autoscaler's round for a workload whose pods are alike: the rule of `resourceReplicas` with every
 * ready pod at the same use, in numbers instead of lists (a property test compares both), then stabilisation and rate
 * limits by the rules themselves. A pod that is not ready uses nothing when growing, and holds shrinking back.
 */
import { schedule, timeUs, US_PER_SECOND } from '@/engine/kernel';
import { DEFAULT_DOWNSCALE_WINDOW_SECONDS, DEFAULT_UP_LIMIT, limitByBehavior, limitByFactor, recordScaleEvent, stabilizeBoth, stabilizeDown } from '../infra/kubernetes/autoscaling/hpa';
import { HPA_SECONDS } from './cluster-clock';
import { ClusterEvent } from './cluster-event';
import type { ClusterRun, Workload } from './cluster-run';
import type { HpaSpec } from './cluster-spec';
import { matchReplicas } from './pod-life';

const TOLERANCE = 0.1;

export type UniformUse = { readonly current: number; readonly ready: number; readonly unready: number; readonly usedMillicores: number; readonly requestedMillicores: number; readonly targetPercent: number };

/** Replicas that the use of equal pods asks for; `current` when nothing may be concluded. */
export function proposeUniform({ current, ready, unready, usedMillicores, requestedMillicores, targetPercent }: UniformUse): number {
  if (ready === 0) return current;
  const used = usedMillicores * ready * 100;
  const first = Math.trunc(used / (requestedMillicores * ready)) / targetPercent;
  if (unready === 0 || first <= 1) return isCalm(first) ? current : Math.ceil(first * ready);
  const cautious = Math.trunc(used / (requestedMillicores * (ready + unready))) / targetPercent;
  if (isCalm(cautious) || cautious < 1) return current;
  const replicas = Math.ceil(cautious * (ready + unready));
  return replicas < current ? current : replicas;
}

const isCalm = (ratio: number) => ratio >= 1 - TOLERANCE && ratio <= 1 + TOLERANCE;

export function scaleWorkload(run: ClusterRun, index: number): void {
  const workload = run.workloads[index]!;
  const { hpa } = workload.spec;
  const { queue } = run;
  schedule(queue, timeUs(queue.now + HPA_SECONDS * US_PER_SECOND), ClusterEvent.hpa, index);
  if (hpa === undefined || workload.scrapedAtUs < 0 || workload.wanted === 0) return;
  const wanted = settle(workload, hpa, proposed(workload, hpa), queue.now / US_PER_SECOND);
  if (wanted === workload.wanted) return;
  if (wanted > workload.wanted) run.totals.scaleUps += 1;
  else run.totals.scaleDowns += 1;
  workload.wanted = wanted;
  matchReplicas(run, workload);
}

/** From the last scrape: pods that became ready since have no sample yet and count as not ready. */
function proposed({ wanted, pods, scrapedReady, scrapedMillicores, ready, spec }: Workload, { utilizationPercent }: HpaSpec): number {
  const seen = Math.min(scrapedReady, ready);
  return proposeUniform({ current: wanted, ready: seen, unready: pods.length - seen, usedMillicores: scrapedMillicores, requestedMillicores: spec.cpuMillicores, targetPercent: utilizationPercent });
}

function settle(workload: Workload, range: HpaSpec, wanted: number, now: number): number {
  const { history, wanted: current } = workload;
  const { behavior } = range;
  const stabilized =
    behavior === undefined
      ? stabilizeDown(history.recommendations, wanted, now, DEFAULT_DOWNSCALE_WINDOW_SECONDS)
      : stabilizeBoth(history.recommendations, current, wanted, now, { upSeconds: behavior.up.stabilizationWindowSeconds, downSeconds: behavior.down.stabilizationWindowSeconds });
  const limited = behavior === undefined ? limitByFactor(current, stabilized.replicas, range, DEFAULT_UP_LIMIT) : limitByBehavior(current, stabilized.replicas, range, history, now, behavior);
  const change = limited.replicas - current;
  workload.history = {
    recommendations: stabilized.recommendations,
    upEvents: change > 0 && behavior !== undefined ? recordScaleEvent(history.upEvents, change, now, behavior.up) : history.upEvents,
    downEvents: change < 0 && behavior !== undefined ? recordScaleEvent(history.downEvents, -change, now, behavior.down) : history.downEvents,
  };
  return limited.replicas;
}
