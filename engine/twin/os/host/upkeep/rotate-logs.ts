/** logrotate at its time: every log that is large enough, whoever writes it. */
import { callAt } from '../../cpu';
import { rotateLog } from '../../filesystem';
import { HostCall } from '../host-call';
import { noteEvent, type HostWorld } from '../host-world';
import { logPath } from '../program/work/program-log';
import { isOff } from '../fault/host-trouble';
import { nextRunUs } from './calendar';

const BYTES_PER_MIB = 1_048_576;

export function planRotation(world: HostWorld): void {
  const rotation = world.spec.upkeep?.logRotation;
  const at = rotation === undefined || world.disk === null ? null : nextRunUs(world, rotation.schedule);
  if (at !== null) callAt(world.cpu, at, HostCall.rotate);
}

/** A run that finds the host down is lost. */
export function rotateLogs(world: HostWorld): void {
  planRotation(world);
  const { disk, cpu, trouble } = world;
  const rotation = world.spec.upkeep?.logRotation;
  if (disk === null || rotation === undefined || isOff(world) || cpu.nowUs < trouble.upFromUs || trouble.readOnly > 0) return;
  for (const program of world.programs) {
    if (program.phase === 'moved') continue;
    const freed = rotateLog(disk, { path: logPath(program), sizeBytes: Math.max(1, rotation.minMib * BYTES_PER_MIB), keep: rotation.keep, mode: rotation.mode, tellsWriter: rotation.tellsWriter, compressedShare: rotation.compressedShare }, program.spec.name, cpu.nowUs);
    if (freed !== null) noteEvent(world, 'rotated', program.spec.name, `${Math.round(freed / BYTES_PER_MIB)} MiB free`);
  }
}
