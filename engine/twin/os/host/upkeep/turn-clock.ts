/** The host's clock jumps: what goes by the calendar is due at another moment, what goes by elapsed time is not. Clients look at certificates with clocks of their own. */
import type { HostWorld } from '../host-world';
import { nextTimer } from '../program/work/program-work';
import { scheduleRenewals } from './keep-certificates';

const BY_CALENDAR: readonly string[] = ['cron', 'backup', 'updates'];

/** `byUs` > 0: the clock goes ahead. */
export function turnClock(world: HostWorld, byUs: number): void {
  world.trouble.clockSkewUs += byUs;
  world.upkeep.epochUs += byUs;
  for (const program of world.programs) if (program.phase === 'ready' && BY_CALENDAR.includes(program.spec.load.kind)) nextTimer(world, program);
  scheduleRenewals(world);
}
