/**
 * A host in the middle of its life, as somebody outside saw it: what runs has the memory and the log it was seen with,
 * what was between two starts starts when it is due, what was down stays down. Queues and page caches fill as it lives on.
 */
import type { ProgramSample } from '@/engine/telemetry';
import { appendFile, createFile, deleteFile } from '../../filesystem';
import { powerOff } from '../fault/power-off';
import { addStrangers } from '../fault/strangers';
import { groupNamed, type HostWorld, type Program } from '../host-world';
import { beginWork } from '../program/work/program-work';
import { nextArrivalOf } from '../program/work/serve-requests';
import { addLanes, startLater } from '../program/life/program-life';
import { placeImages } from '../program/life/pull-image';
import { resumeProbes } from '../program/life/probe-program';
import { resumeSupervision } from '../program/life/supervise-program';
import { logPath } from '../program/work/program-log';
import { chargeMemory, readFiles } from '../program/memory/program-memory';
import { PAGES_PER_MIB } from '../../memory';
import { compileHost, type CompileHostOptions } from './compile-host';
import type { HostSpec } from './host-spec';

export type SeenProgram = { readonly program: string; readonly phase: ProgramSample['phase']; readonly memoryMib: number; readonly logMib: number; readonly restarts: number; readonly exits: number; readonly lastExit: string | null; /** Until its next start, where it waits for one. */ readonly startsInSeconds: number | null; readonly backOffSeconds: number };
export type SeenHost = { readonly programs: readonly SeenProgram[]; /** Deleted, but still open. */ readonly orphanMib: number; readonly reboots: number; readonly rebootNeeded: boolean; readonly isOff: boolean; /** Tasks of no program; `group` null: outside of all. */ readonly outside: readonly { readonly group: string | null; readonly tasks: number }[]; /** Null: as specified. */ readonly suspendAfterSeconds?: number | null; /** What the configuration says, of settings that left it. */ readonly drift?: readonly { readonly key: string; readonly wanted: string | null }[] };

const BYTES_PER_MIB = 1_048_576;

/** `spec` has the settings and rates that were seen; `seen` names each of its programs. */
export function resumeHost(spec: HostSpec, seen: SeenHost, options: CompileHostOptions): HostWorld {
  const world = compileHost(spec, { ...options, atRest: true });
  world.reboots = seen.reboots;
  world.upkeep.rebootNeeded = seen.rebootNeeded;
  for (const program of world.programs) {
    const now = seen.programs.find((each) => each.program === program.spec.name);
    if (now !== undefined) resumeProgram(world, program, now);
  }
  for (const { key, wanted } of seen.drift ?? []) if (wanted !== null) world.upkeep.wanted[key] = wanted;
  placeImages(world);
  leaveOrphans(world, seen.orphanMib);
  for (const { group, tasks } of seen.outside) addStrangers(world, group !== null && groupNamed(world, group) >= 0 ? group : null, tasks);
  if (seen.suspendAfterSeconds !== undefined) world.sleep.afterUs = seen.suspendAfterSeconds === null ? null : seen.suspendAfterSeconds * 1e6;
  if (seen.isOff) powerOff(world);
  return world;
}

function resumeProgram(world: HostWorld, program: Program, now: SeenProgram): void {
  Object.assign(program, { starts: 1, restarts: now.restarts, exits: now.exits, lastExit: now.lastExit, lastDelaySeconds: now.backOffSeconds });
  if (world.disk !== null && now.logMib > 0) createFile(world.disk, { path: logPath(program), kind: 'log', bytes: now.logMib * BYTES_PER_MIB, nowUs: 0, root: true });
  program.hasClients = true;
  resumeSupervision(program, now.exits, now.backOffSeconds);
  if (now.phase !== 'ready' && now.phase !== 'not-ready') {
    nextArrivalOf(world, program);
    if (now.phase === 'down') program.phase = 'down';
    else startLater(world, program, Math.max(0, now.startsInSeconds ?? 0) * 1e6);
    return;
  }
  program.life += 1;
  program.phase = 'ready';
  addLanes(world, program);
  resumeProbes(world, program, now.phase === 'ready');
  readFiles(world, program);
  nextArrivalOf(world, program);
  if (chargeMemory(world, program, Math.round(now.memoryMib * PAGES_PER_MIB))) beginWork(world, program);
}

/** Nobody outside sees whose they are: the first writer of a log holds them. */
function leaveOrphans({ disk, programs }: HostWorld, orphanMib: number): void {
  const holder = programs.find(({ spec, phase }) => phase === 'ready' && (spec.logMibPerSecond ?? 0) > 0);
  if (disk === null || holder === undefined || orphanMib <= 0) return;
  const bytes = orphanMib * BYTES_PER_MIB;
  const writesOn = disk.files.get(logPath(holder))?.bytes === 0; // no log by name: it goes on in the deleted one
  const path = writesOn ? logPath(holder) : `${logPath(holder)}.deleted`;
  const made = writesOn ? appendFile(disk, path, bytes, 0, true) : createFile(disk, { path, kind: 'log', bytes, nowUs: 0, openBy: holder.spec.name, root: true });
  if (made.ok) deleteFile(disk, path);
}
