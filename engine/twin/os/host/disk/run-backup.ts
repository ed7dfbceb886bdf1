/**
 * A backup by the calendar: it reads the disk piece by piece and works on each, beside everything else, under the limits of its group. It
 * should be done within its window; one that is due while the last one still runs is left out.
 */
import { giveWork } from '../../cpu';
import { callProgram, calledProgram, HostCall } from '../host-call';
import { noteEvent, type HostWorld, type Program } from '../host-world';
import { beginIo, type IoEnd, type IoJob } from './io-job';

const MIB = 1_048_576;
const HOUR_US = 3_600e6;
/** One that is frozen is looked at again so much later. */
const FROZEN_US = 1e6;

export function beginBackup(world: HostWorld, program: Program, end: IoEnd): void {
  if (program.backup !== null) return noteEvent(world, 'backed-up', program.spec.name, 'left out: the last one still runs');
  const { load } = program.spec;
  if (load.kind !== 'backup') return;
  program.backup = { leftMib: load.mib, beganUs: world.cpu.nowUs };
  readPiece(world, program, end);
}

function readPiece(world: HostWorld, program: Program, end: IoEnd): void {
  if (world.io !== null) beginIo(world, world.io, program, { request: null, steps: [{ kind: 'read', folio: null, bytes: MIB }] }, end);
}

/** A piece has been read: its CPU work comes next. */
export function pieceRead(world: HostWorld, program: Program, job: IoJob): void {
  if (program.life === job.life) workOnPiece(world, program);
}

export function workOnPiece(world: HostWorld, program: Program): void {
  const [lane] = program.lanes;
  const { load } = program.spec;
  if (load.kind !== 'backup') return;
  if (lane === undefined) return callProgram(world, program, HostCall.backup, world.cpu.nowUs + FROZEN_US);
  giveWork(world.cpu, lane.task, load.cpuMsPerMib * 1_000);
}

export function thawedBackup(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program !== null && program.backup !== null) workOnPiece(world, program);
}

/** The work on a piece is done. */
export function pieceDone(world: HostWorld, program: Program, end: IoEnd): void {
  const { backup } = program;
  const { load } = program.spec;
  if (backup === null || load.kind !== 'backup') return;
  backup.leftMib -= 1;
  if (backup.leftMib > 0) return readPiece(world, program, end);
  const hours = (world.cpu.nowUs - backup.beganUs) / HOUR_US;
  program.backup = null;
  const late = hours - load.windowHours;
  noteEvent(world, 'backed-up', program.spec.name, `${load.mib} MiB in ${hoursText(hours)}${late > 0 ? `, ${hoursText(late)} after its window` : ''}`);
}

const hoursText = (hours: number) => (hours < 1 / 60 ? `${(hours * 3_600).toFixed(1)} s` : hours < 1 ? `${(hours * 60).toFixed(1)} min` : `${hours.toFixed(1)} h`);
