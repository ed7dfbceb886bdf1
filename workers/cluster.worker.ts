/** Runs a whole cluster off the main thread. A shell: the cluster is the engine's. Columns are copies, so they are handed over, not cloned. */
import { expose, transfer } from 'comlink';
import { cluster } from '@/engine/twin';
import type { ClusterApi, ClusterView } from './cluster-api';
import { pictureClusterSpec } from './cluster/picture-spec';

let run: ReturnType<typeof cluster.compileCluster> | null = null;

const viewOf = (of: NonNullable<typeof run>): ClusterView => ({ moment: cluster.momentOfCluster(of), report: cluster.reportCluster(of) });

function handOver<View extends ClusterView>(view: View): View {
  const columns = [...Object.values(view.moment.nodes), ...Object.values(view.moment.pods)];
  return transfer(view, columns.flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer] : [])));
}

const api: ClusterApi = {
  async open(size, seed) {
    run = cluster.compileCluster(pictureClusterSpec(size, seed), seed);
    const name = `cluster of ${size.nodes} nodes`;
    return handOver({ ...viewOf(run), shape: cluster.shapeOfCluster(run, name) });
  },
  async advance(seconds) {
    if (run === null) return null;
    cluster.advanceCluster(run, run.queue.now / 1e6 + seconds);
    return handOver(viewOf(run));
  },
  async drain(node) {
    if (run === null) return null;
    const drained = cluster.drainNode(run, node);
    return handOver({ ...viewOf(run), drained });
  },
  async explainPending(pod) {
    return run === null ? null : cluster.explainPending(run, pod);
  },
};

expose(api);
