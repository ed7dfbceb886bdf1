/** The end of a node's time in its pool. */
import { imageWords, NodePhase, type ClusterRun } from './cluster-run';

/** A draining node that has lost its last pod is taken away. */
export function leaveIfEmpty(run: ClusterRun, node: number): void {
  if (run.nodes.phase[node] !== NodePhase.draining || run.nodes.pods[node]!.length > 0) return;
  run.nodes.phase[node] = NodePhase.absent;
  run.nodes.life[node] = run.nodes.life[node]! + 1;
  const words = imageWords(run.workloads.length);
  run.nodes.images.fill(0, node * words, (node + 1) * words);
  run.totals.nodesRemoved += 1;
}
