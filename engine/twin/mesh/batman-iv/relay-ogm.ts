/**
 * Which OGMs are sent on (bat_iv_ogm.c, forward): those that came over the route to their originator. A
 * neighbour's own OGM is always repeated once, for it counts its echoes; if it is not the route, a flag says so.
 */
import type { EventQueue } from '@/engine/kernel';
import { SECONDARY_TTL } from '../constants';
import type { HeardOgm } from '../medium/heard-ogm';
import { penalizeHop } from './link-quality';
import type { MeshState } from '../mesh-state';
import { forwardOgm } from './ogm-queue';
import { ogmRest, OgmFlag } from '../medium/packet-pool';

/** Sends on what the table of interface `out` has learnt from. */
export function relayOgm(mesh: MeshState, queue: EventQueue, ogm: HeardOgm, out: number): void {
  const { into } = ogm;
  const direct = ogm.from === ogm.originator;
  if (ogm.ttl <= 1) return;
  if (direct ? ogm.ttl <= SECONDARY_TTL && into !== out : !ogm.goesOn || !ogm.fromRoute) return;
  const flags = (direct && into === out ? OgmFlag.directLink : 0) | (ogm.fromRoute ? 0 : OgmFlag.notBestNextHop);
  const tq = penalizeHop(ogm.tqHere, mesh.routers.hopPenalty[ogm.router]!);
  forwardOgm(mesh, queue, ogm, out, ogmRest(tq, ogm.ttl - 1, flags, ogm.bytes));
}
