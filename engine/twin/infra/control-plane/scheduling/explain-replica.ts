/**
 * Why a replica of the running world is where it is: the scheduler is asked again, now, with the replica taken out of the
 * picture. For every other node: what refuses it or by how much it loses, and the smallest change that would bring the
 * replica there, each tried on the cluster's rules before it is named.
 */
import { US_PER_SECOND } from '@/engine/kernel';
import type { World } from '../../../world';
import { explainPlacement, qualityOfService, withPodsOn, type PlacementExplanation, type Pod, type QualityOfService, type Snapshot } from '../../kubernetes';
import type { Replica } from '../../infra';
import { podOf, profileOf, worldSnapshot } from './world-scheduler';

export type ReplicaExplanation = {
  readonly replica: string;
  readonly service: string;
  readonly phase: Replica['phase'];
  /** Null while it waits for one. */
  readonly node: string | null;
  /** Why it waits, in the scheduler's words. */
  readonly refusal: string | null;
  readonly cpuRequestMillicores: number;
  readonly memoryRequestBytes: number;
  readonly quality: QualityOfService;
  readonly restarts: number;
  readonly atSeconds: number;
  readonly placement: PlacementExplanation;
};

/** Flips are searched for so many nodes: each takes a dozen runs of the scheduler. */
const FLIPS_MAX = 12;

/** Null when no such replica lives. */
export function explainReplica(world: World, name: string): ReplicaExplanation | null {
  const { infra, nowUs } = world;
  const replica = infra.replicas.find((other) => other.name === name && other.phase !== 'gone');
  if (replica === undefined) return null;
  const node = infra.nodes[replica.node]?.name ?? null;
  const pod = podOf(world, replica.index);
  return {
    replica: name,
    service: infra.services[replica.service]!.name,
    phase: replica.phase,
    node,
    refusal: replica.refusal === '' ? null : replica.refusal,
    cpuRequestMillicores: replica.cpuRequest,
    memoryRequestBytes: replica.memoryRequestBytes,
    quality: qualityOfService(pod),
    restarts: replica.restarts,
    atSeconds: nowUs / US_PER_SECOND,
    placement: explainPlacement(pod, without(worldSnapshot(world), pod, node), profileOf(infra), node, FLIPS_MAX),
  };
}

function without(snapshot: Snapshot, { name }: Pod, node: string | null): Snapshot {
  const info = node === null ? undefined : snapshot.byName.get(node);
  return info === undefined ? snapshot : withPodsOn(snapshot, info, info.pods.filter((pod) => pod.name !== name)).snapshot;
}
