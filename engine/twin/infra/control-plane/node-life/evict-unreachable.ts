/**
 * Pods of nodes that are not ready. Such a node gets the NoExecute taint, and its pods go when their toleration of it is
 * over. Taints are given one node after another, 0.1 a second in each zone: when most nodes of a zone are gone (55 %, and
 * more than two) it is probably the network, so a zone of more than 50 nodes slows down to 0.01 a second and a smaller
 * one stops; when no zone has a ready node left, all taints are taken back and nothing is evicted. A system that says
 * when replicas move (`nodeLoss`) has them moved then. Source: `pkg/controller/nodelifecycle`, `tainteviction`.
 */
import { schedule, seconds, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { raiseAlarm, type World } from '../../../world';
import { EVICTIONS_PER_SECOND, evictionRate, isWholeZoneLost } from '../../kubernetes';
import type { Infra } from '../../infra';
import { isRegistered } from '../scheduling/pod-of';
import type { EvictionZone, Evictions } from '../state/eviction-state';

/** Its lease has run out. */
export function nodeLost(world: World, index: number): void {
  const { cluster, nodes } = world.infra;
  if (cluster.settings.pacesEvictions !== true) return;
  const evictions = (cluster.evictions ??= { zones: [], halted: false });
  zoneNamed(evictions, nodes[index]!.zone).waiting.push(index);
  reviewZones(world);
}

/** It is heard of again, or it is no node any more. */
export function nodeSettled(world: World, index: number): void {
  const { cluster, nodes } = world.infra;
  delete nodes[index]!.evictsSinceUs;
  if (cluster.evictions === undefined) return;
  for (const zone of cluster.evictions.zones) zone.waiting = zone.waiting.filter((other) => other !== index);
  reviewZones(world);
}

/** What happens at one moment is looked at together, as one pass of the controller does. */
function reviewZones({ infra, nowUs, queue }: World): void {
  if (infra.cluster.evictions !== undefined) schedule(queue, nowUs, EventKind.evictionTurn, 0);
}

function zoneNamed({ zones }: Evictions, name: string): EvictionZone {
  const known = zones.find((zone) => zone.name === name);
  if (known !== undefined) return known;
  const zone: EvictionZone = { name, waiting: [], perSecond: EVICTIONS_PER_SECOND, nextUs: 0, turnUs: -1 };
  zones.push(zone);
  return zone;
}

type ZoneCount = { nodes: number; notReady: number };

function countZones({ nodes }: Infra): ReadonlyMap<string, ZoneCount> {
  const counts = new Map<string, ZoneCount>();
  for (const node of nodes) {
    if (!isRegistered(node)) continue;
    const count = counts.get(node.zone) ?? { nodes: 0, notReady: 0 };
    counts.set(node.zone, count);
    count.nodes += 1;
    if (!node.ready) count.notReady += 1;
  }
  return counts;
}

/** Sets every zone's pace and taints whose turn it is. */
export function takeEvictionTurn(world: World): void {
  const { evictions } = world.infra.cluster;
  if (evictions === undefined) return;
  const counts = countZones(world.infra);
  const halted = [...counts.values()].every(({ nodes, notReady }) => isWholeZoneLost(nodes, notReady));
  if (halted && !evictions.halted) withdrawTaints(world, evictions);
  evictions.halted = halted;
  for (const zone of evictions.zones) {
    const { nodes, notReady } = counts.get(zone.name) ?? { nodes: 0, notReady: 0 };
    setPace(world, zone, evictionRate(nodes, notReady, halted));
    taintDue(world, zone);
  }
}

/** A new pace starts with as much as the old one had left: one node, or none. */
function setPace(world: World, zone: EvictionZone, perSecond: number): void {
  if (perSecond === zone.perSecond) return;
  const mayNow = zone.perSecond > 0 && world.nowUs >= zone.nextUs;
  zone.nextUs = perSecond === 0 || mayNow ? world.nowUs : world.nowUs + seconds(1 / perSecond);
  zone.perSecond = perSecond;
  if (zone.name !== '' && zone.waiting.length > 0 && perSecond < EVICTIONS_PER_SECOND) raiseAlarm(world, 'evictions-slow', zone.name, `${perSecond} nodes a second while most of the zone is not ready`);
}

function taintDue(world: World, zone: EvictionZone): void {
  while (zone.waiting.length > 0 && zone.perSecond > 0 && world.nowUs >= zone.nextUs) {
    taint(world, zone.waiting.shift()!);
    zone.nextUs = world.nowUs + seconds(1 / zone.perSecond);
  }
  if (zone.waiting.length === 0 || zone.perSecond === 0 || zone.turnUs === zone.nextUs) return;
  zone.turnUs = zone.nextUs;
  schedule(world.queue, timeUs(zone.nextUs), EventKind.evictionTurn, 0);
}

function taint(world: World, index: number): void {
  const node = world.infra.nodes[index]!;
  node.evictsSinceUs = world.nowUs;
  for (const replica of node.replicas) bearTaint(world, replica);
}

/** From now on the pod's toleration of its tainted node runs; for ever, it may be. */
export function bearTaint({ infra, nowUs, queue }: World, index: number): void {
  const { service, life } = infra.replicas[index]!;
  const bearsUs = toleranceUs(infra, service);
  if (bearsUs < Infinity) schedule(queue, timeUs(nowUs + bearsUs), EventKind.tolerationEnds, index, life);
}

function toleranceUs({ services, cluster: { settings } }: Infra, service: number): number {
  return services[service]!.rules.notReadyUs ?? settings.evictUs - settings.notReadyUs;
}

/** Whether the taint it bears has been there for all of its toleration: an earlier taint may have been taken back. */
export function hasBorneEnough({ infra, nowUs }: World, index: number): boolean {
  const { node, service } = infra.replicas[index]!;
  const { evictsSinceUs } = infra.nodes[node]!;
  return evictsSinceUs !== undefined && nowUs - evictsSinceUs >= toleranceUs(infra, service);
}

function withdrawTaints(world: World, evictions: Evictions): void {
  const { infra } = world;
  infra.nodes.forEach((node, index) => {
    if (node.evictsSinceUs === undefined) return;
    delete node.evictsSinceUs;
    zoneNamed(evictions, node.zone).waiting.push(index);
  });
  raiseAlarm(world, 'evictions-halted', 'cluster', 'no zone has a ready node: this may be the network, so nothing is evicted');
}
