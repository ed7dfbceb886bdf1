/**
 * What grows, grown: leaks and logs of a stretch that is not lived, at the rates they have now. For trouble that is hours
 * away, so that a rehearsal can stand where it would come. Requests, timers and restarts of that time do not happen.
 */
import { appendOpen } from '../filesystem';
import { PAGES_PER_MIB } from '../memory';
import type { HostWorld, Program } from './host-world';
import { exitProgram } from './program/life/program-life';
import { logPath } from './program/work/program-log';
import { ageCertificates } from './upkeep/keep-certificates';
import { chargeMemory } from './program/memory/program-memory';

const BYTES_PER_MIB = 1_048_576;

/** `seconds` ≥ 0. Who runs out of room meets it now; certificates are so much older. */
export function skipAhead(world: HostWorld, seconds: number): void {
  ageCertificates(world, seconds);
  for (const program of world.programs) if (program.phase === 'ready' && growLog(world, program, seconds)) chargeMemory(world, program, Math.floor(program.leakMibPerSecond * seconds * PAGES_PER_MIB));
}

/** False when that ended the program. */
function growLog(world: HostWorld, program: Program, seconds: number): boolean {
  const bytes = Math.round((program.spec.logMibPerSecond ?? 0) * seconds * BYTES_PER_MIB);
  if (world.disk === null || bytes === 0 || appendOpen(world.disk, logPath(program), program.spec.name, bytes, world.cpu.nowUs).ok) return true;
  exitProgram(world, program, 'exit', 'its log could not be written');
  return false;
}
