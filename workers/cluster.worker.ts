/** Runs a whole cluster off the main thread. A shell: the cluster is the engine's. Columns are copies, so they are handed over, not cloned. */
import { expose, transfer } from 'comlink';
import { cluster } from '@/engine/twin';
import type { ClusterImport } from '@/engine/scenario';
import type { ClusterApi, ClusterView } from './cluster-api';
import { pictureClusterSpec } from './cluster/picture-spec';

let run: ReturnType<typeof cluster.compileCluster> | null = null;
let imported: { readonly from: ClusterImport; readonly picture: cluster.ClusterPicture } | null = null;

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
  async openFiles(files) {
    const [{ clusterPictureOf }, { importClusterFiles }] = await Promise.all([import('@/engine/scenario'), import('./import-cluster/import-cluster-files')]);
    const from = await importClusterFiles(files);
    imported = { from, picture: clusterPictureOf(from) };
    return { ...imported.picture, card: from.card };
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
    if (run !== null) return cluster.explainPending(run, pod);
    if (imported === null) return null;
    const { shape, moment: { pods } } = imported.picture;
    const { explainImportedPod } = await import('./cluster/explain-imported-pod');
    return explainImportedPod(imported.from, pods.name?.[pod] ?? '', shape.workloads[pods.workload[pod]!] ?? '');
  },
};

expose(api);
