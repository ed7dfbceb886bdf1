/**
 * A frozen program (SIGSTOP, cgroup.freeze, a sleep in the kernel) holds its memory and its requests and gets no CPU. Its tasks
 * stand aside with the work they had left; when it thaws they go on, and the time between counts as waiting.
 */
import { giveWork, moveTaskToGroup, pauseCpuTask, reniceTask } from '../../cpu';
import type { HostWorld, Lane, Program } from '../host-world';
import { serveQueue } from '../program/work/serve-requests';

/** A lane and the work it had left. */
export type FrozenLane = Readonly<Lane> & { readonly leftUs: number; readonly sinceUs: number };

export function freezeProgram(world: HostWorld, program: Program): void {
  program.freezes += 1;
  if (program.freezes > 1) return;
  program.frozen = program.lanes.map(({ task, request }) => ({ task, request, leftUs: pauseCpuTask(world.cpu, task), sinceUs: world.cpu.nowUs }));
  program.lanes = [];
}

export function thawProgram(world: HostWorld, program: Program): void {
  program.freezes = Math.max(0, program.freezes - 1);
  if (program.freezes > 0) return;
  const { frozen } = program;
  program.frozen = [];
  for (const { task, request, leftUs, sinceUs } of frozen) {
    moveTaskToGroup(world.cpu, task, world.groups[program.group]!.cpuGroup);
    reniceTask(world.cpu, task, program.nice);
    program.lanes.push({ task, request });
    if (request !== null) program.window.otherUs += world.cpu.nowUs - sinceUs;
    if (leftUs > 0) giveWork(world.cpu, task, leftUs);
  }
  serveQueue(world, program);
}
