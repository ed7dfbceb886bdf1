/** Why an imported pod waits, in the same words and counts as of a running cluster. */
import { explainImported, type ClusterImport } from '@/engine/scenario';
import type { cluster } from '@/engine/twin';

/** Null when there is no such pod. How long it waits no file says: 0. */
export function explainImportedPod(imported: ClusterImport, name: string, workload: string): cluster.PendingExplanation | null {
  const explained = explainImported(imported, name);
  if (explained === null) return null;
  const counts = new Map<string, number>();
  let fits = 0;
  for (const node of explained.explanation.nodes) {
    if (node.outcome !== 'refused') fits += 1;
    else for (const reason of new Set(node.refusals.flatMap(({ reason, short }) => short?.map(({ resource }) => (resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`)) ?? [reason]))) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const reasons = [...counts].map(([reason, nodes]) => ({ reason, nodes })).sort((x, y) => y.nodes - x.nodes || (x.reason < y.reason ? -1 : 1));
  return { workload, waitsSeconds: 0, nodes: explained.explanation.nodes.length, fits, reasons };
}
