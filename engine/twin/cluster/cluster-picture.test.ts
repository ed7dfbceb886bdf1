import { expect, test } from 'vitest';
import { advanceCluster } from './advance-cluster';
import { PictureNodeState, PicturePodState } from './cluster-picture';
import { NodePhase } from './cluster-run';
import type { ClusterSpec } from './cluster-spec';
import { compileCluster } from './compile-cluster';
import { drainNode } from './drain-node';
import { explainPending } from './explain-pending';
import { momentOfCluster, shapeOfCluster } from './picture-cluster';

const spec = (more: Partial<ClusterSpec['pools'][number]> = {}, replicas = 12): ClusterSpec => ({
  pools: [{ name: 'general', zones: ['a', 'b', 'c'], count: 6, countMax: 8, cpuMillicores: 4_080, memoryMib: 16_384, podsMax: 110, usdPerHour: 0.2, bootSeconds: 60, ...more }],
  workloads: [{ name: 'api', replicas, cpuMillicores: 1_000, memoryMib: 512, imageMib: 100, startSeconds: 5, stopSeconds: 5, cpuMsPerRequest: 10, load: { meanRps: 300, dayAmplitude: 0, peakHour: 12, noise: 0 } }],
  autoscalesNodes: false,
});

test('what the pods on a node request is what the picture says is requested there', () => {
  const run = compileCluster(spec(), 1);
  advanceCluster(run, 60);
  const { nodes, pods } = momentOfCluster(run);
  const requested = new Float64Array(nodes.state.length);
  for (let slot = 0; slot < pods.count; slot += 1) if (pods.node[slot]! >= 0) requested[pods.node[slot]!] = requested[pods.node[slot]!]! + pods.cpuMillicores[slot]!;
  expect([...requested]).toEqual([...nodes.cpuRequestedMillicores]);
  expect(nodes.cpuUsedMillicores.reduce((sum, used) => sum + used, 0)).toBeCloseTo(300 * 10, 0);
});

test('slots of nodes that are not there are absent, and every node names its zone', () => {
  const run = compileCluster(spec(), 1);
  const shape = shapeOfCluster(run, 'test');
  const { state } = momentOfCluster(run).nodes;
  expect([...state].map((each) => each === PictureNodeState.ready)).toEqual([true, true, true, true, true, true, false, false]);
  expect([...shape.nodes.zone].map((zone) => shape.zones[zone])).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b']);
});

test('a moment is a copy: it stays while the run goes on', () => {
  const run = compileCluster(spec(), 1);
  const before = momentOfCluster(run);
  const copy = structuredClone(before);
  expect(drainNode(run, 0)).toBe(false); // one pod at a time may be away, the node has two
  advanceCluster(run, 600);
  expect(before).toEqual(copy);
});

test('a pod without a node says how many nodes refuse it and why; a lost node is counted by that', () => {
  const run = compileCluster(spec({}, 26), 1);
  const { pods } = momentOfCluster(run);
  const slot = pods.state.indexOf(PicturePodState.pending);
  expect(explainPending(run, slot)).toMatchObject({ workload: 'api', nodes: 6, fits: 0, reasons: [{ reason: 'Insufficient cpu', nodes: 6 }] });
  run.nodes.phase[0] = NodePhase.lost;
  expect(explainPending(run, slot)?.reasons).toEqual([{ reason: 'Insufficient cpu', nodes: 5 }, { reason: 'node is not ready', nodes: 1 }]);
  expect(explainPending(run, pods.state.indexOf(PicturePodState.ready))).toBeNull();
  expect(explainPending(run, -1)).toBeNull();
});
