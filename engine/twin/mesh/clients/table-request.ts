/**
 * A router sends frames to another only when it knows that router's translation table. The first two OGMs after a
 * boot bring it along; who comes later asks (batadv_send_tt_request). The first request goes out while the very OGM
 * that caused it has not made a route yet, so it fails, and the next one may follow only three seconds later: that is
 * why pings to a far router begin seconds after the route to it.
 */
import { nextUnit, PPM, schedule, timeUs, type EventQueue } from '@/engine/kernel';
import { jiffiesOfMs } from '../kernel-timer';
import { MeshEvent, timeOfJiffy } from '../mesh-event';
import { routePath, sendsTo } from '../mesh-path';
import { routerIndex, type MeshState } from '../mesh-state';
import type { HeardOgm } from '../medium/heard-ogm';
import { routeAt, setTableKnown } from '../tables/originator-tables';

const REQUEST_TIMEOUT_JIFFIES = jiffiesOfMs(3_000);
/** Own OGMs after a boot that tell the whole table. */
const OGMS_WITH_TABLE = 2;

/** An OGM came from an originator whose table is not known; `head` is its default copy, not yet changed by the OGM's rank. */
export function hearTable(mesh: MeshState, queue: EventQueue, ogm: HeardOgm, head: number): void {
  const { topology, tables, routers } = mesh;
  const owner = topology.interfaceRouter[ogm.originator]!;
  const nth = (ogm.sequence - routers.firstSequence[owner]!) | 0;
  if (topology.primarySlot[ogm.originator]! < 0 || (nth >= 0 && nth < OGMS_WITH_TABLE)) return setTableKnown(tables.words, head, true);
  const place = ogm.router * topology.names.length + owner;
  const asked = mesh.tablesAsked.get(place);
  if (asked !== undefined && ogm.now <= asked + REQUEST_TIMEOUT_JIFFIES) return;
  mesh.tablesAsked.set(place, ogm.now);
  if (routeAt(tables.words, head) < 0) return;
  // the first router on the way that knows the table answers for its owner
  const there = routePath(mesh, ogm.router, owner, (router) => sendsTo(mesh, router, owner));
  if (!there.reachable) return;
  const back = routePath(mesh, routerIndex(mesh, there.hops.at(-1)!), ogm.router);
  if (!back.reachable || nextUnit(mesh.lossRandom) * PPM * PPM >= there.deliveryPpm * back.deliveryPpm) return;
  schedule(queue, timeUs(timeOfJiffy(mesh, ogm.now + 1) + there.delayUs + back.delayUs), MeshEvent.tableAnswer, ogm.router, owner);
}
