/** Memory of a program: page cache of its files, anonymous pages, leaks. */
import { allocatePages, CHARGE_BATCH_PAGES, hasHighMark, MEMORY_COST, PAGES_PER_MIB, releaseAnonymous, settleAboveHigh, touchFolio } from '../../../memory';
import { giveWork } from '../../../cpu';
import { calledProgram, callProgram, HostCall } from '../../host-call';
import type { HostWorld, Program } from '../../host-world';
import { outOfMemory } from './out-of-memory';
import { stallProgram } from './program-stall';

const US_PER_SECOND = 1_000_000;
/** Memory grows in steps of about a quarter of a MiB, not more often than ten times a second. */
const LEAK_STEP_MIB = 0.25;
const LEAK_STEP_US = 100_000;
const STEP_US_MAX = 3_600e6;
/** Reading ahead brings file pages in folios of this size. */
export const FOLIO_PAGES = 32;
/** A page that was just reclaimed costs this more than one at hand (measured over the laboratory's memory experiments). */
const RECLAIM_US_PER_MIB = MEMORY_COST.readRecycledPerMib - MEMORY_COST.readCachedPerMib;
const FOLIOS_PER_PROGRAM = 10_000_000;

/** Its files as folios, and the name of one of them in the page cache. */
export const folioCount = ({ spec }: Program) => Math.ceil(((spec.fileCacheMib ?? 0) * PAGES_PER_MIB) / FOLIO_PAGES);
export const folioKey = (program: number, folio: number) => program * FOLIOS_PER_PROGRAM + folio;

/** The page cache of what it reads; it does not fit always, and that is no failure. */
export function readFiles(world: HostWorld, program: Program): void {
  const group = world.groups[program.group]!.memoryGroup;
  const folios = folioCount(program);
  for (let i = 0; i < folios; i += 1) touchFolio(world.memory.tree, group, folioKey(program.id, i), FOLIO_PAGES, { nowUs: world.cpu.nowUs, dirty: false });
}

/** `waits`: above memory.high it sleeps now, and gets the rest when it wakes. `killed`: taking it killed the program itself. */
export type Taken = 'all' | 'waits' | 'killed';

/** Anonymous pages, as page faults bring them: where a high mark holds, batch by batch. */
export function takeMemory(world: HostWorld, program: Program, pages: number): Taken {
  const { tree } = world.memory;
  const group = world.groups[program.group]!.memoryGroup;
  if (!hasHighMark(tree, group)) return chargeMemory(world, program, pages) ? 'all' : 'killed';
  for (let left = pages; left > 0; ) {
    const batch = Math.min(left, CHARGE_BATCH_PAGES);
    if (!chargeMemory(world, program, batch)) return 'killed';
    left -= batch;
    const before = reclaimedPages(world);
    const delayUs = settleAboveHigh(tree, group, batch);
    reclaimFor(world, program, reclaimedPages(world) - before);
    if (delayUs === 0) continue;
    stallProgram(world, program, delayUs, left);
    return 'waits';
  }
  return 'all';
}

/** Charges all at once, whatever the high marks say; false when that killed the program itself. */
export function chargeMemory(world: HostWorld, program: Program, pages: number): boolean {
  const { life } = program;
  const reclaimedBefore = reclaimedPages(world);
  const charge = chargeIn(program, world.groups[program.group]!.memoryGroup);
  let left = pages;
  while (left > 0) {
    const got = allocatePages(world.memory, charge.memoryGroup, left, 'anonPages');
    charge.pages += got.pages;
    left -= got.pages;
    reclaimFor(world, program, reclaimedPages(world) - reclaimedBefore);
    if (got.outOfMemory === null) return true;
    if (!outOfMemory(world, got.outOfMemory.id)) return true; // nobody may be killed: it goes without
    if (program.life !== life) return false;
  }
  return true;
}

/** By whoever needed room; kswapd's are its own. */
const reclaimedPages = ({ memory }: HostWorld) => memory.tree.groups.reduce((sum, group) => sum + group.reclaimedPages, -memory.kswapdPages);

/** Who needs a page that must be reclaimed first does that work itself. */
function reclaimFor(world: HostWorld, program: Program, pages: number): void {
  if (pages <= 0) return;
  const us = (pages / PAGES_PER_MIB) * RECLAIM_US_PER_MIB;
  const lane = program.lanes[0];
  if (lane !== undefined && program.phase === 'ready') giveWork(world.cpu, lane.task, us);
  program.stalledUntilUs = Math.max(program.stalledUntilUs, world.cpu.nowUs + Math.ceil(us));
  callProgram(world, program, HostCall.stallOver, program.stalledUntilUs);
}

function chargeIn(program: Program, memoryGroup: number): Program['charges'][number] {
  const known = program.charges.find((charge) => charge.memoryGroup === memoryGroup);
  if (known !== undefined) return known;
  const fresh = { memoryGroup, pages: 0 };
  program.charges.push(fresh);
  return fresh;
}

export function releaseMemory(world: HostWorld, program: Program): void {
  for (const { memoryGroup, pages } of program.charges) releaseAnonymous(world.memory.tree, memoryGroup, pages);
  program.charges = [];
  program.leftoverPages = 0;
}

/** Plans the next step; one that was planned before is void. */
export function leakLater(world: HostWorld, program: Program): void {
  const rate = program.leakMibPerSecond;
  program.leakAtUs = rate > 0 ? world.cpu.nowUs + stepUs(rate) : Infinity;
  if (rate > 0) callProgram(world, program, HostCall.leak, program.leakAtUs);
}

const stepUs = (mibPerSecond: number) => Math.min(STEP_US_MAX, Math.max(LEAK_STEP_US, (LEAK_STEP_MIB / mibPerSecond) * US_PER_SECOND));

/** Memory grows in whole pages; the rest is carried over. */
export function leak(world: HostWorld, detail: number): void {
  const program = calledProgram(world, detail);
  if (program === null || program.phase !== 'ready' || world.cpu.nowUs < program.leakAtUs - 0.5) return;
  if (program.frozen.length > 0) return leakLater(world, program);
  const rate = program.leakMibPerSecond;
  const grown = (rate * PAGES_PER_MIB * stepUs(rate)) / US_PER_SECOND + program.leftoverPages;
  program.leftoverPages = grown - Math.floor(grown);
  if (takeMemory(world, program, Math.floor(grown)) === 'all') leakLater(world, program);
}
