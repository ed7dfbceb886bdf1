/** Time goes on in a cluster. In slices or whole, the outcome is the same. */
import { invariant, nextEventAt, schedule, takenEvent, takeEvent, timeUs, US_PER_SECOND, type TakenEvent } from '@/engine/kernel';
import { FLOW_SECONDS } from './cluster-clock';
import { ClusterEvent } from './cluster-event';
import type { ClusterRun } from './cluster-run';
import { nodeFails, nodeRepaired, podsEvicted } from './fail-node';
import { placePending, podGone, podReady } from './pod-life';
import { leaveIfEmpty } from './leave-pool';
import { nodeReady, scaleNodes } from './scale-nodes';
import { scaleWorkload } from './scale-workload';
import { serveFlow } from './serve-flow';

const SCHEDULER_DELAY_US = 20_000;

/** Advances to `untilSeconds` since the start. */
export function advanceCluster(run: ClusterRun, untilSeconds: number): void {
  const untilUs = untilSeconds * US_PER_SECOND;
  const event = takenEvent();
  while (nextEventAt(run.queue) <= untilUs) {
    takeEvent(run.queue, event);
    run.events += 1;
    happen(run, event);
    if (run.tryAgain && run.pending.length > 0 && !run.scheduling) {
      run.scheduling = true;
      schedule(run.queue, timeUs(run.queue.now + SCHEDULER_DELAY_US), ClusterEvent.schedule, 0);
    }
  }
}

function happen(run: ClusterRun, { kind, subject, detail }: TakenEvent): void {
  switch (kind) {
    case ClusterEvent.flow:
      serveFlow(run);
      return schedule(run.queue, timeUs(run.queue.now + FLOW_SECONDS * US_PER_SECOND), ClusterEvent.flow, 0);
    case ClusterEvent.hpa:
      return scaleWorkload(run, subject);
    case ClusterEvent.autoscaler:
      return scaleNodes(run);
    case ClusterEvent.schedule:
      run.scheduling = false;
      return placePending(run);
    case ClusterEvent.podReady:
      return podReady(run, subject, detail);
    case ClusterEvent.podGone:
      return endPod(run, subject, detail);
    case ClusterEvent.nodeReady:
      return nodeReady(run, subject, detail);
    case ClusterEvent.nodeFails:
      return nodeFails(run, subject);
    case ClusterEvent.podsEvicted:
      return podsEvicted(run, subject, detail);
    case ClusterEvent.nodeRepaired:
      return nodeRepaired(run, subject, detail);
    default:
      invariant(false, `unknown cluster event ${kind}`);
  }
}

function endPod(run: ClusterRun, slot: number, life: number): void {
  const node = run.pods.node[slot]!;
  podGone(run, slot, life);
  if (node >= 0) leaveIfEmpty(run, node);
}
