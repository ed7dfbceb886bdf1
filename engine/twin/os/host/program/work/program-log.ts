/** A program's log on the host's file system: it grows, is held open, and a full disk ends the program. */
import { appendOpen, closeHandles, createFile } from '../../../filesystem';
import { markDirty } from '../../../disk';
import { flushDirty } from '../../disk/flush-dirty';
import { calledProgram, callProgram, HostCall } from '../../host-call';
import { noteEvent, type HostWorld, type Program } from '../../host-world';
import { exitProgram } from '../life/program-life';

const BYTES_PER_MIB = 1_048_576;
/** A log is written about a MiB at a time, not more often than five times a second. */
const LOG_STEP_US = 200_000;
const LOG_STEP_US_MAX = 3_600e6;
const stepUs = (mibPerSecond: number) => Math.min(LOG_STEP_US_MAX, Math.max(LOG_STEP_US, 1e6 / mibPerSecond));

export const logPath = (program: Program) => `/var/log/${program.spec.name}.log`;

/** Opens the log, or makes it. */
export function openLog(world: HostWorld, program: Program): void {
  const { disk } = world;
  const rate = program.spec.logMibPerSecond ?? 0;
  if (disk === null || rate <= 0) return;
  const path = logPath(program);
  const known = disk.files.get(path);
  if (known === undefined && world.trouble.readOnly > 0) return callProgram(world, program, HostCall.log, world.cpu.nowUs + stepUs(rate));
  if (known === undefined) createFile(disk, { path, kind: 'log', nowUs: world.cpu.nowUs, openBy: program.spec.name });
  else if (!known.openBy.includes(program.spec.name)) known.openBy.push(program.spec.name);
  callProgram(world, program, HostCall.log, world.cpu.nowUs + stepUs(rate));
}

export function writeLog(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program === null || program.phase !== 'ready' || world.disk === null) return;
  const rate = program.spec.logMibPerSecond ?? 0;
  if (program.frozen.length > 0) return callProgram(world, program, HostCall.log, world.cpu.nowUs + stepUs(rate));
  const bytes = Math.round((rate * BYTES_PER_MIB * stepUs(rate)) / 1e6);
  const readOnly = world.trouble.readOnly > 0;
  if (!readOnly && appendOpen(world.disk, logPath(program), program.spec.name, bytes, world.cpu.nowUs).ok) {
    if (world.io !== null) markDirty(world.io.cache, bytes, world.cpu.nowUs);
    if (world.io !== null) flushDirty(world, world.io);
    return callProgram(world, program, HostCall.log, world.cpu.nowUs + stepUs(rate));
  }
  noteEvent(world, readOnly ? 'read-only' : 'disk-full', program.spec.name, readOnly ? 'read-only file system' : 'no space left on device');
  exitProgram(world, program, 'exit', 'its log could not be written');
}

/** Its handles go, and with them the blocks of files that were deleted meanwhile. */
export function closeLog(world: HostWorld, program: Program): void {
  if (world.disk !== null) closeHandles(world.disk, program.spec.name);
}
