/** What was lost and how long it took: one entry for each time that a service lost its data or its leader and had it back. */
import { raiseAlarm, type World } from '../../world';

export type Recovery = { readonly service: number; readonly kind: 'failover' | 'restore'; readonly lostUs: number; readonly rtoUs: number; readonly rpoUs: number; readonly lostWrites: number };

export function noteRecovery(world: World, service: number, what: Pick<Recovery, 'kind' | 'lostUs' | 'rpoUs' | 'lostWrites'>): void {
  const rtoUs = world.nowUs - what.lostUs;
  world.infra.recoveries.push({ service, rtoUs, ...what });
  raiseAlarm(world, `recovered/${what.kind}`, world.infra.services[service]!.name, `RTO ${(rtoUs / 1e6).toFixed(1)} s, RPO ${(what.rpoUs / 1e6).toFixed(3)} s`);
}
