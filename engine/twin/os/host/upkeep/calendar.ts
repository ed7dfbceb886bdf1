/** The host's clock against the calendar: cron's next run, in µs since the host's start. */
import { nextRun, parseCron } from '../../process';
import type { HostWorld } from '../host-world';

/** Null for a schedule that never comes. */
export function nextRunUs({ upkeep, cpu }: HostWorld, schedule: string): number | null {
  const cron = parseCron(schedule);
  const at = cron.ok ? nextRun(cron.value, upkeep.epochUs + cpu.nowUs) : null;
  return at === null ? null : at - upkeep.epochUs;
}
