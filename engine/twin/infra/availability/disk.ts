/**
 * A node's disk and what the kubelet does when it fills: under 10 % free (hard eviction threshold nodefs.available) the node has
 * disk pressure, takes no new pods and loses one with each look, every 10 s; the condition holds for 5 minutes after the last
 * time. Source: kubernetes.io, Node-pressure eviction.
 */
import { raiseAlarm, type World } from '../../world';
import { setCordon } from '../control-plane/node-life/drain-node';
import type { Node } from '../infra';
import { killReplica, moveReplica } from '../replicas';
import { member, note, onlyKeys, readNumber, type SpecReader } from '../../spec-reader';

export type DiskSpec = { readonly gib: number; readonly usedGib: number };

export type Disk = {
  readonly capacityBytes: number;
  /** What is on it when nobody fills it. */
  readonly settledBytes: number;
  usedBytes: number;
  fillBytesPerSecond: number; // injected
  pressureUntilUs: number;
  underPressure: boolean;
};

const FREE_SHARE_MIN = 0.1;
const LOOK_US = 10e6;
const HOLDS_US = 300e6;
const GIB = 2 ** 30;

export function readDisk(at: SpecReader): DiskSpec {
  onlyKeys(at, ['gib', 'usedGib']);
  const spec = { gib: readNumber(member(at, 'gib'), { min: 0.001, max: 1_000_000 }), usedGib: readNumber(member(at, 'usedGib'), { min: 0, max: 1_000_000 }) };
  if (spec.usedGib > spec.gib * (1 - FREE_SHARE_MIN)) note(member(at, 'usedGib'), 'out-of-range', `${spec.usedGib} of ${spec.gib} GiB leave less than 10 % free`, `choose at most ${spec.gib * (1 - FREE_SHARE_MIN)}`);
  return spec;
}

export const disk = ({ gib, usedGib }: DiskSpec): Disk => ({ capacityBytes: gib * GIB, settledBytes: usedGib * GIB, usedBytes: usedGib * GIB, fillBytesPerSecond: 0, pressureUntilUs: 0, underPressure: false });

/** Once a second: disks fill, and the kubelet of a node that is short of space acts. */
export function turnDisks(world: World, elapsedUs: number): void {
  world.infra.nodes.forEach((node, index) => {
    if (node.disk === null) return;
    node.disk.usedBytes = Math.min(node.disk.capacityBytes, node.disk.usedBytes + (node.disk.fillBytesPerSecond * elapsedUs) / 1e6);
    if (world.nowUs % LOOK_US === 0 && node.phase === 'up') lookAtDisk(world, node, node.disk, index);
  });
}

function lookAtDisk(world: World, node: Node, state: Disk, index: number): void {
  const free = 1 - state.usedBytes / state.capacityBytes;
  if (free < FREE_SHARE_MIN) {
    if (!state.underPressure) raiseAlarm(world, 'disk-pressure', node.name, `${(free * 100).toFixed(1)} % free`);
    if (!state.underPressure) setCordon(world, index, true);
    state.underPressure = true;
    state.pressureUntilUs = world.nowUs + HOLDS_US;
    evictOne(world, index);
  } else if (state.underPressure && world.nowUs >= state.pressureUntilUs) {
    state.underPressure = false;
    setCordon(world, index, false);
  }
}

/** The pod is failed and another one starts where there is room. */
function evictOne(world: World, nodeIndex: number): void {
  const { infra } = world;
  const victim = infra.nodes[nodeIndex]!.replicas.find((replica) => infra.replicas[replica]!.phase === 'ready' || infra.replicas[replica]!.phase === 'starting');
  if (victim === undefined) return;
  raiseAlarm(world, 'evicted', infra.replicas[victim]!.name, 'disk pressure');
  killReplica(world, victim);
  moveReplica(world, victim);
}
