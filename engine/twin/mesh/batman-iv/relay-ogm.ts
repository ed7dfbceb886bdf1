/** An OGM that is worth it is sent on (bat_iv_ogm.c, forward), with the TQ it has here. If it did not come over the route, a flag says so. */
import type { EventQueue } from '@/engine/kernel';
import type { HeardOgm } from '../medium/heard-ogm';
import { penalizeHop } from './link-quality';
import type { MeshState } from '../mesh-state';
import { forwardOgm } from './ogm-queue';
import { ogmRest, OgmFlag } from '../medium/packet-pool';

/** Sends on what the table of interface `out` has learnt from. */
export function relayOgm(mesh: MeshState, queue: EventQueue, ogm: HeardOgm, out: number, tqHere: number, fromRoute: boolean): void {
  const direct = ogm.from === ogm.originator;
  const flags = (direct && ogm.into === out ? OgmFlag.directLink : 0) | (fromRoute ? 0 : OgmFlag.notBestNextHop);
  const tq = penalizeHop(tqHere, mesh.routers.hopPenalty[ogm.router]!);
  forwardOgm(mesh, queue, ogm, out, ogmRest(tq, ogm.ttl - 1, flags, ogm.bytes));
}
