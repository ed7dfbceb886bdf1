/**
 * A program moves to another host: it is stopped here, started there with its settings, and its clients follow under the
 * name they know. Memory and page cache begin anew, its old log stays behind. What belongs to a host (its updater, its
 * calendar) does not move.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { isOff } from '../fault/host-trouble';
import { groupNamed, noteEvent, programNamed, type HostWorld } from '../host-world';
import { startLater, stopProgram } from '../program/life/program-life';
import { programWindow } from '../program/work/program-window';
import { nextArrivalOf } from '../program/work/serve-requests';
import { compileProgram } from '../spec/compile-host';
import { configurationOf } from '../upkeep/drift-of-host';
import { wakeHost } from '../power/suspend-host';
import type { HostRefusal } from './host-command';

export type Migration = { readonly program: string; readonly toGroup: string };

const BOUND = ['updates', 'cron', 'backup'];

/** Both stand at the same moment. On a refusal neither is changed. */
export function migrateProgram(from: HostWorld, to: HostWorld, { program: name, toGroup }: Migration): Result<void, HostRefusal> {
  const program = programNamed(from, name);
  if (program === null) return err({ code: 'not-found', what: 'program', name });
  if (groupNamed(to, toGroup) < 0) return err({ code: 'not-found', what: 'group', name: toGroup });
  if (BOUND.includes(program.spec.load.kind)) return err({ code: 'bound', program: name });
  if (isOff(to)) return err({ code: 'no-power' });
  if (from === to || programNamed(to, name) !== null) return err({ code: 'taken', program: name, host: to.spec.name });
  wakeHost(to);
  const { load } = program.spec;
  const carried = {
    ...program.spec,
    group: toGroup,
    nice: program.nice,
    leakMibPerSecond: program.leakMibPerSecond,
    load: load.kind === 'requests' ? { ...load, rps: load.rps * program.loadFactor } : load,
    service: program.service ?? `${from.spec.name}/${name}`,
  };
  const arrived = compileProgram(to, carried, program.seed);
  stopProgram(from, program);
  program.phase = 'moved';
  Object.assign(arrived, { total: program.total, window: program.window, restarts: program.restarts, exits: program.exits, restartsBefore: program.restartsBefore });
  Object.assign(program, { total: programWindow(), window: programWindow() });
  to.programs.push(arrived);
  if (program.hasClients) {
    arrived.hasClients = true;
    nextArrivalOf(to, arrived);
  }
  startLater(to, arrived);
  for (const world of [from, to]) world.upkeep.wanted = withoutOrWith(world, name);
  noteEvent(from, 'moved', name, `to ${to.spec.name}`);
  noteEvent(to, 'moved', name, `from ${from.spec.name}`);
  return ok(undefined);
}

/** The configuration follows: settings of the program where it is, none where it was. */
function withoutOrWith(world: HostWorld, program: string): Record<string, string> {
  const of = (key: string) => key.startsWith(`program ${program} `);
  const now = Object.entries(configurationOf(world)).filter(([key]) => of(key));
  return Object.fromEntries([...Object.entries(world.upkeep.wanted).filter(([key]) => !of(key)), ...now]);
}
