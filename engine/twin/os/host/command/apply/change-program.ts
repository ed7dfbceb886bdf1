/** Changes a program: its nice, its group, its log, whether it runs. */
import { err, ok, type Result } from '@/engine/kernel';
import { moveTaskToGroup, reniceTask } from '../../../cpu';
import { groupNamed, programNamed, type HostWorld, type Program } from '../../host-world';
import { askToStop } from '../../program/life/ask-to-stop';
import { rotateProgramLog } from '../clean-up-host';
import type { HostCommand, HostRefusal, HostUndo } from '../host-command';
import { settingsOfProgram } from '../host-settings';
import { outside } from './outside';

type ProgramCommand = Extract<HostCommand, { readonly program: string }>;

export function changeProgram(world: HostWorld, command: ProgramCommand): Result<HostUndo, HostRefusal> {
  const program = programNamed(world, command.program);
  if (program === null) return err({ code: 'not-found', what: 'program', name: command.program });
  switch (command.kind) {
    case 'renice-program':
      return renice(world, program, command.nice);
    case 'move-program':
      return move(world, program, command.group);
    case 'rotate-log':
      return rotateProgramLog(world, program, command.tellsWriter);
    case 'stop-program':
      askToStop(world, program, 'down');
      return ok({ kind: 'restart-program', program: program.spec.name });
    default:
      askToStop(world, program, 'start');
      return ok(null);
  }
}

function renice(world: HostWorld, program: Program, nice: number): Result<HostUndo, HostRefusal> {
  const wrong = outside('nice', Number.isInteger(nice) ? nice : NaN, -20, 19);
  if (wrong !== null) return err(wrong);
  const before = program.nice;
  program.nice = nice;
  for (const { task } of program.lanes) reniceTask(world.cpu, task, nice);
  return ok({ kind: 'renice-program', program: program.spec.name, nice: before });
}

/** Its tasks compete in the new group at once; pages it has stay charged to the old one (cgroup v2 moves no charges). */
function move(world: HostWorld, program: Program, name: string): Result<HostUndo, HostRefusal> {
  const to = groupNamed(world, name);
  if (to < 0) return err({ code: 'not-found', what: 'group', name });
  const { group: before } = settingsOfProgram(world, program);
  for (const { task } of program.lanes) moveTaskToGroup(world.cpu, task, world.groups[to]!.cpuGroup);
  program.group = to;
  return ok({ kind: 'move-program', program: program.spec.name, group: before });
}
