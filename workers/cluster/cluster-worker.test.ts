import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { clusterPictureOf, importCluster } from '@/engine/scenario';
import { cluster } from '@/engine/twin';
import { readDocuments } from '../import-cluster/read-documents';
import { explainImportedPod } from './explain-imported-pod';
import { pictureClusterSpec } from './picture-spec';

test('a made-up cluster has the nodes and pods it was asked for, and about two thirds of its CPU is requested', () => {
  for (const size of [{ nodes: 500, pods: 10_000 }, { nodes: 2_000, pods: 20_000 }, { nodes: 20_000, pods: 50_000 }, { nodes: 7, pods: 3 }]) {
    const { pools, workloads } = pictureClusterSpec(size, 1);
    const millicores = pools.reduce((sum, { count, cpuMillicores }) => sum + count * cpuMillicores, 0);
    expect(pools.reduce((sum, { count }) => sum + count, 0)).toBe(size.nodes);
    expect(workloads.reduce((sum, { replicas }) => sum + replicas, 0)).toBe(size.pods);
    expect(new Set(workloads.map(({ name }) => name)).size).toBe(workloads.length);
    if (size.pods > 100) expect(workloads.reduce((sum, { replicas, cpuMillicores }) => sum + replicas * cpuMillicores, 0) / millicores).toBeCloseTo(0.66, 1);
  }
});

test('an imported pod that waits says how many nodes refuse it and why', () => {
  const text = readFileSync(fileURLToPath(new URL('../../fixtures/clusters/shop-eks.json', import.meta.url)), 'utf8');
  const imported = importCluster([readDocuments('shop-eks.json', text)]);
  const { shape, moment: { pods } } = clusterPictureOf(imported);
  const waiting = pods.state.indexOf(cluster.PicturePodState.pending);
  const workload = shape.workloads[pods.workload[waiting]!]!;
  const why = explainImportedPod(imported, pods.name![waiting]!, workload);
  expect(why).toMatchObject({ workload, nodes: shape.nodes.name.length, fits: 0 });
  expect(why!.reasons.length).toBeGreaterThan(0);
  expect(explainImportedPod(imported, 'no/such-pod', '')).toBeNull();
});
