/**
 * Pods begin where they were found. A pod that runs is never weighed against other nodes again, so only what a kubelet asks
 * is asked here: that its requests and host ports fit, and that selector and required affinity match. One that may not
 * stand where it was found is left to the scheduler, and an alarm says why. One that waited waits for the first pass.
 * Source: kubelet `lifecycle/predicate.go` (GeneralPredicates).
 */
import { FILTERS, snapshotOf, type Pod } from '../../kubernetes';
import { raiseAlarm, type World } from '../../../world';
import type { Infra } from '../../infra';
import { makeReplica } from '../rollout/reconcile-replicas';
import { putToSleep, wakePending } from '../scheduling/pending-queue';
import { admitted, kubernetesNode, templateOf } from '../scheduling/pod-of';
import { forgetScheduler, profileOf } from '../scheduling/world-scheduler';
import { bindReplica, placeReplica } from './place-replica';

export const MOVED_ALARM = 'moved-at-start';

const KUBELET_FILTERS = ['NodeAffinity', 'NodePorts', 'NodeResourcesFit'] as const;

type Found = { readonly replica: number; readonly node: string | null };

/** `found[i]` names the nodes of the first replicas of service i, null for one that waits. */
export function startWhereFound(world: World, found: readonly (readonly (string | null)[])[]): void {
  const { infra } = world;
  const pods = found.flatMap((nodes, service) => nodes.map((node): Found => ({ replica: makeReplica(world, service), node })));
  const byNode = new Map<string, number[]>();
  for (const { replica, node } of pods) if (node !== null) byNode.set(node, [...(byNode.get(node) ?? []), replica]);
  const homeless: number[] = [];
  const there = new Set<string>();
  infra.nodes.forEach((node, index) => {
    const here = node.phase === 'up' ? byNode.get(node.name) : undefined;
    if (here === undefined) return;
    there.add(node.name);
    homeless.push(...bindAll(world, index, here));
  });
  for (const { replica, node } of pods) {
    if (node === null || there.has(node)) continue;
    refuse(world, replica, node, 'it is not there');
    homeless.push(replica);
  }
  forgetScheduler(infra);
  for (const replica of homeless.sort((x, y) => x - y)) placeReplica(world, replica);
  for (const { replica, node } of pods) if (node === null) putToSleep(world, replica);
  wakePending(world); // as pods that have just been tried: again after their back-off
}

/** Binds one after the other; those that may not stand there come back. */
function bindAll(world: World, index: number, replicas: readonly number[]): number[] {
  const { infra, nowUs } = world;
  const node = infra.nodes[index]!;
  const settings = profileOf(infra).settings;
  const standing: Pod[] = [];
  return replicas.filter((replica) => {
    const pod = podAsFound(infra, replica);
    const snapshot = snapshotOf({ nodes: [kubernetesNode(infra, node, nowUs)], pods: standing });
    const reasons = KUBELET_FILTERS.flatMap((filter) => FILTERS[filter](pod, snapshot, settings)(snapshot.nodes[0]!)?.reason ?? []);
    if (reasons.length > 0) {
      refuse(world, replica, node.name, reasons.join('; '));
      return true;
    }
    standing.push({ ...pod, nodeName: node.name });
    bindReplica(world, replica, index);
    return false;
  });
}

function podAsFound({ replicas, services }: Infra, index: number): Pod {
  const { service, name, cpuRequest, memoryRequestBytes } = replicas[index]!;
  return { ...admitted(templateOf(services[service]!, cpuRequest, memoryRequestBytes)), name };
}

function refuse(world: World, replica: number, node: string, why: string): void {
  raiseAlarm(world, MOVED_ALARM, world.infra.replicas[replica]!.name, `it was found on ${node}: ${why}`);
}
