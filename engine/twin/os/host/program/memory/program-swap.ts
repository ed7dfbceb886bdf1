/**
 * What a program has in swap, and how it comes back. Swap takes the least recently used pages first: what was leaked and is never
 * touched, then of the working set. A program touches all of its working set once in ten seconds, so it faults in a tenth of what
 * is missing of it each second; every fault reads eight pages around it (`vm.page-cluster` 3) and the program sleeps meanwhile.
 */
import { allocatePages, leaveSwap, PAGE_BYTES, PAGES_PER_MIB, swappedPart } from '../../../memory';
import { VIRTUAL_DISK } from '../../../disk';
import { callProgram, calledProgram, HostCall } from '../../host-call';
import { anonPages, type HostWorld, type Program } from '../../host-world';
import { outOfMemory } from './out-of-memory';
import { stallProgram } from './program-stall';

const TOUCH_ALL_US = 10e6;
const STEP_US = 100_000;
const CLUSTER_PAGES = 8;

export const swappedPages = ({ memory }: HostWorld, { charges }: Program) => charges.reduce((sum, { memoryGroup, pages }) => sum + swappedPart(memory.tree, memoryGroup, pages), 0);

/** Swapped pages of its working set. */
function missingPages(world: HostWorld, program: Program): number {
  const all = anonPages(program);
  const cold = Math.max(0, all - Math.round(program.spec.memoryMib * PAGES_PER_MIB));
  return Math.max(0, swappedPages(world, program) - cold);
}

/** A program that has begun to work on a host with swap. */
export function touchLater(world: HostWorld, program: Program): void {
  if ((world.spec.swapMib ?? 0) > 0) callProgram(world, program, HostCall.touch, world.cpu.nowUs + STEP_US);
}

export function touch(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program === null || program.phase !== 'ready') return;
  touchLater(world, program);
  const missing = program.frozen.length > 0 ? 0 : missingPages(world, program);
  if (missing > 0) faultIn(world, program, Math.ceil((missing * STEP_US) / TOUCH_ALL_US));
}

function faultIn(world: HostWorld, program: Program, wanted: number): void {
  const { life } = program;
  let read = 0;
  for (const { memoryGroup } of program.charges) {
    const pages = Math.min(wanted - read, world.memory.tree.groups[memoryGroup]!.swapPages);
    if (pages <= 0) continue;
    const got = allocatePages(world.memory, memoryGroup, pages, 'anonPages');
    leaveSwap(world.memory.tree, memoryGroup, got.pages);
    read += got.pages;
    if (got.outOfMemory !== null && (!outOfMemory(world, got.outOfMemory.id) || program.life !== life)) break;
  }
  if (program.life === life && read > 0) stallProgram(world, program, Math.ceil(read / CLUSTER_PAGES) * readUs(world), null);
}

/** One read of a cluster. */
function readUs({ trouble, io }: HostWorld): number {
  const { readLatencyUs, readBytesPerSecond } = io?.device.spec ?? VIRTUAL_DISK;
  return trouble.diskFactor * (readLatencyUs + (CLUSTER_PAGES * PAGE_BYTES * 1e6) / readBytesPerSecond);
}
