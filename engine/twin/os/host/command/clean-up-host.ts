/** Clean-ups of the host's file system, each with what it really freed. */
import { err, ok, type Result } from '@/engine/kernel';
import { cleanUp, deleteFile, rotateLog } from '../../filesystem';
import type { HostCommand, HostRefusal } from './host-command';
import { noteEvent, type HostWorld, type Program } from '../host-world';
import { logPath } from '../program/work/program-log';

const BYTES_PER_MIB = 1_048_576;
const GOAL_PERCENT = 80;
const LOGS = { under: '/var/log', kind: 'log', olderThanUs: 0 } as const;
const VERDICT = { effective: 'enough', 'not-enough': 'not enough', 'held-open': 'nothing: the files are open', 'matched-nothing': 'nothing to delete' } as const;

/** Deletes every log by name. A log that is open keeps its blocks until its writer lets go. */
export function cleanUpLogs(world: HostWorld): Result<HostCommand | null, HostRefusal> {
  const { disk, cpu } = world;
  if (disk === null) return err({ code: 'no-disk' });
  const effect = cleanUp(disk, LOGS, cpu.nowUs, GOAL_PERCENT);
  world.cleanUps.push({ atSeconds: cpu.nowUs / 1e6, effect });
  noteEvent(world, 'cleaned', world.spec.name, `${effect.matched} ${effect.matched === 1 ? 'log' : 'logs'} of ${Math.round(effect.namedBytes / BYTES_PER_MIB)} MiB deleted, ${Math.round(effect.freedBytes / BYTES_PER_MIB)} MiB free: ${VERDICT[effect.verdict]}`);
  return ok(null);
}

/** Renames the log and deletes the old one; a writer that is not told goes on in the file without a name. */
export function rotateProgramLog(world: HostWorld, program: Program, tellsWriter: boolean): Result<HostCommand | null, HostRefusal> {
  const { disk, cpu } = world;
  if (disk === null) return err({ code: 'no-disk' });
  const path = logPath(program);
  rotateLog(disk, { path, sizeBytes: 1, keep: 1, mode: 'create', tellsWriter, compressedShare: 1 }, program.spec.name, cpu.nowUs);
  const freed = deleteFile(disk, `${path}.1`);
  noteEvent(world, 'cleaned', program.spec.name, `its old log is deleted, ${Math.round(freed / BYTES_PER_MIB)} MiB free`);
  return ok(null);
}
