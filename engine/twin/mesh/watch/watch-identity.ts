/** SVIDs that should have been renewed and were not. */
import { US_PER_SECOND } from '@/engine/kernel';
import { NO_SVID, type IdentityState } from '../identity';
import type { MeshFinding } from './mesh-finding';

/** An SVID with less than this share of its life left is overdue: it should have been renewed at half. */
const OVERDUE_SHARE = 0.4;

export function watchIdentity({ spec, workloads }: IdentityState, nowUs: number): MeshFinding[] {
  return spec.workloads.flatMap(({ name }, workload): MeshFinding[] => {
    if (workloads.svidAuthority[workload] === NO_SVID) return [];
    const notAfterUs = workloads.svidNotAfterUs[workload]!;
    const leftUs = notAfterUs - nowUs;
    if (leftUs <= 0) return [{ kind: 'svid-expired', workload: name, sinceSeconds: -leftUs / US_PER_SECOND }];
    const lifeUs = notAfterUs - workloads.svidNotBeforeUs[workload]!;
    return leftUs < OVERDUE_SHARE * lifeUs ? [{ kind: 'svid-expiring', workload: name, leftSeconds: leftUs / US_PER_SECOND, failedTries: workloads.tries[workload]! }] : [];
  });
}
