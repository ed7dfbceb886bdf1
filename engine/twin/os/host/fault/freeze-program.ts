/**
 * A frozen program (SIGSTOP, cgroup.freeze) holds its memory and its requests and gets no CPU. Its tasks end and their
 * work is kept; when it thaws, new tasks go on with it, and the time between counts as waiting.
 */
import { addCpuTask, endCpuTask, giveWork, taskAccount } from '../../cpu';
import type { HostWorld, Program } from '../host-world';
import { serveQueue } from '../program/program-work';

/** A lane and the work it had left. */
export type FrozenLane = { readonly request: Program['lanes'][number]['request']; readonly leftUs: number; readonly sinceUs: number };

export function freezeProgram(world: HostWorld, program: Program): void {
  program.freezes += 1;
  if (program.freezes > 1) return;
  program.frozen = program.lanes.map(({ task, request }) => {
    const leftUs = endCpuTask(world.cpu, task);
    const { cpuUs, waitUs, throttledUs } = taskAccount(world.cpu, task);
    program.endedCpuUs += cpuUs;
    program.endedWaitUs += waitUs;
    program.endedThrottledUs += throttledUs;
    if (request !== null) Object.assign(request, { laneCpuUs: request.laneCpuUs - cpuUs, laneWaitUs: request.laneWaitUs - waitUs, laneThrottledUs: request.laneThrottledUs - throttledUs });
    return { request, leftUs, sinceUs: world.cpu.nowUs };
  });
  program.lanes = [];
}

export function thawProgram(world: HostWorld, program: Program): void {
  program.freezes = Math.max(0, program.freezes - 1);
  if (program.freezes > 0) return;
  const { frozen } = program;
  program.frozen = [];
  for (const [i, { request, leftUs, sinceUs }] of frozen.entries()) {
    const task = addCpuTask(world.cpu, { name: `${program.spec.name}/${i}`, group: world.groups[program.group]!.cpuGroup, nice: program.nice });
    world.taskOwner[task] = program.id;
    program.lanes.push({ task, request });
    if (request !== null) program.window.otherUs += world.cpu.nowUs - sinceUs;
    if (leftUs > 0) giveWork(world.cpu, task, leftUs);
  }
  serveQueue(world, program);
}
