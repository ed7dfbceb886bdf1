/**
 * Whom the kernel kills first when memory runs out. Guaranteed pods are nearly safe, best-effort pods go
 * first, burstable containers in between: the larger their share of the node's memory they requested, the
 * safer. A sidecar is as safe as the safest regular container. Source: `pkg/kubelet/qos/policy.go`.
 */
import { priorityOf, type Container, type Pod } from '../api/pod';
import { scaledDivision } from '../scheduling/resources';
import { qualityOfService } from './quality-of-service';

const GUARANTEED = -997;
const BEST_EFFORT = 1000;
/** Priority of the class `system-node-critical`; such pods are kept as if guaranteed. */
const NODE_CRITICAL_PRIORITY = 2_000_001_000;
/** Priorities from here on belong to the system (`system-cluster-critical`). */
const SYSTEM_CRITICAL_PRIORITY = 2_000_000_000;

export const isNodeCritical = (pod: Pod) => priorityOf(pod) >= NODE_CRITICAL_PRIORITY;
export const isSystemCritical = (pod: Pod) => priorityOf(pod) >= SYSTEM_CRITICAL_PRIORITY;

/** `oom_score_adj` of one container, −997..1000. */
export function oomScoreAdjust(pod: Pod, container: Container, nodeMemoryBytes: number, nodeCritical = isNodeCritical(pod)): number {
  if (nodeCritical) return GUARANTEED;
  const quality = qualityOfService(pod);
  if (quality === 'Guaranteed') return GUARANTEED;
  if (quality === 'BestEffort') return BEST_EFFORT;
  const own = burstable(container, nodeMemoryBytes);
  if (container.restartPolicy !== 'Always') return own;
  return pod.containers.reduce((least, regular) => Math.min(least, burstable(regular, nodeMemoryBytes)), own);
}

function burstable({ requests }: Container, nodeMemoryBytes: number): number {
  const score = BEST_EFFORT - scaledDivision(requests?.['memory'] ?? 0, BEST_EFFORT, nodeMemoryBytes);
  return Math.min(BEST_EFFORT - 1, Math.max(BEST_EFFORT + GUARANTEED, score));
}
