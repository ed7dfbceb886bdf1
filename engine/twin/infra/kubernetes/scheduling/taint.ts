/** Taints and tolerations (core/v1 `Toleration.ToleratesTaint`). */
import type { Taint } from '../api/node';
import type { Toleration } from '../api/pod';

/** An empty effect or key matches any; Exists ignores the value; no operator means Equal. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key = '', operator = '', value = '', effect = '' } = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return (operator === '' || operator === 'Equal') && value === (taint.value ?? '');
}

export const isTolerated = (taint: Taint, tolerations: readonly Toleration[]) => tolerations.some((toleration) => tolerates(toleration, taint));

const keepsPodsOut = ({ effect }: Taint) => effect === 'NoSchedule' || effect === 'NoExecute';

/** The first taint that keeps the pod away from the node. */
export const untoleratedTaint = (taints: readonly Taint[], tolerations: readonly Toleration[]): Taint | undefined =>
  taints.find((taint) => keepsPodsOut(taint) && !isTolerated(taint, tolerations));
