/** Small files that a program makes and never deletes. Blocks or inodes may run out first: both end it. */
import { addFiles, createFile, type FileSystem } from '../../../filesystem';
import { calledProgram, callProgram, HostCall } from '../../host-call';
import { noteEvent, type HostWorld, type Program } from '../../host-world';
import type { ProgramSpec } from '../../spec/host-spec';
import { exitProgram } from '../life/program-life';

const STEP_US = 1e6;

export const spoolPath = ({ name }: Pick<ProgramSpec, 'name'>) => `/var/spool/${name}`;

/** A program that has begun to work. */
export function spoolLater(world: HostWorld, program: Program): void {
  if (world.disk !== null && (program.spec.spool?.filesPerSecond ?? 0) > 0) callProgram(world, program, HostCall.spool, world.cpu.nowUs + STEP_US);
}

export function spool(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  const { disk } = world;
  if (program === null || program.phase !== 'ready' || disk === null) return;
  if (program.frozen.length > 0) return spoolLater(world, program);
  const refused = world.trouble.readOnly > 0 ? 'read-only' : makeFiles(disk, program, world.cpu.nowUs);
  if (refused === null) return spoolLater(world, program);
  noteEvent(world, refused === 'read-only' ? 'read-only' : 'disk-full', program.spec.name, WHY[refused]);
  exitProgram(world, program, 'exit', 'it could not make a file');
}

const WHY = { 'read-only': 'read-only file system', 'no-inodes': 'no inode is left', 'no-space': 'no space left on device' } as const;

/** A second's files; null when all were made. */
function makeFiles(disk: FileSystem, { spec }: Program, nowUs: number): 'no-inodes' | 'no-space' | null {
  const { filesPerSecond = 0, kib = 0 } = spec.spool ?? {};
  const path = spoolPath(spec);
  if (!disk.files.has(path)) createFile(disk, { path, kind: 'temporary', nowUs });
  const directory = disk.files.get(path);
  if (directory === undefined) return 'no-inodes';
  const made = addFiles(disk, directory, Math.round((filesPerSecond * STEP_US) / 1e6), kib * 1_024, nowUs);
  return made.ok ? null : made.error.code === 'no-inodes' ? 'no-inodes' : 'no-space';
}
