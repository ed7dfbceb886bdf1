/**
 * A program sleeps in the kernel: above memory.high it is made to wait before it gets more, and for a page in swap it waits until
 * the page is read. What it still wants then is taken when it wakes.
 */
import { calledProgram, callProgram, HostCall } from '../../host-call';
import type { HostWorld, Program } from '../../host-world';
import { freezeProgram, thawProgram } from '../../fault/freeze-program';
import { finishStart } from '../life/program-life';
import { leakLater, takeMemory } from './program-memory';

/** All of its tasks sleep for `us`; `owedPages` is what it asked for and has not got, null when it waits for a page of its own. */
export function stallProgram(world: HostWorld, program: Program, us: number, owedPages: number | null): void {
  program.isStalled = true;
  program.owedPages = owedPages;
  freezeProgram(world, program);
  program.stalledUntilUs = world.cpu.nowUs + Math.ceil(us);
  callProgram(world, program, HostCall.stallOver, program.stalledUntilUs);
}

/** The sleep is over: it takes what it is owed, and goes on where it was. Without a sleep only the pressure is told anew. */
export function stallOver(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program === null || !program.isStalled || world.cpu.nowUs < program.stalledUntilUs - 0.5) return;
  const owed = program.owedPages;
  endStall(world, program);
  if (owed === null || takeMemory(world, program, owed) !== 'all') return;
  if (program.phase === 'starting') finishStart(world, program);
  else leakLater(world, program);
}

export function endStall(world: HostWorld, program: Program): void {
  if (!program.isStalled) return;
  program.isStalled = false;
  program.owedPages = null;
  thawProgram(world, program);
}
