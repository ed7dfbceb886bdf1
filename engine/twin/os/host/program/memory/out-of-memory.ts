/** A group (or the host, group 0) has no page left: the kernel chooses who dies, and they die. */
import { chooseVictims, mibOf, type OomTask } from '../../../memory';
import { swappedPages } from './program-swap';
import { anonPages, type HostWorld, type Program } from '../../host-world';
import { exitProgram } from '../life/program-life';

/** One page table maps so many pages. */
const PAGES_PER_TABLE = 512;

/** False when nobody may be killed. */
export function outOfMemory(world: HostWorld, full: number): boolean {
  const { tree, totalPages } = world.memory;
  const tasks: OomTask[] = world.programs
    .filter(({ lanes, frozen }) => lanes.length + frozen.length > 0)
    .map((program) => oomTask(world, program));
  const verdict = chooseVictims(tree, full, tasks, totalPages);
  if (verdict.verdict !== 'kill') return false;
  const where = full === 0 ? 'the host has no memory left' : `group ${tree.groups[full]!.name} is at its limit of ${mibOf(tree.groups[full]!.limitPages)} MiB`;
  for (const { id, rssPages } of verdict.victims) exitProgram(world, world.programs[id]!, 'oom-kill', `${where}; it held ${Math.round(mibOf(rssPages))} MiB`);
  return true;
}

function oomTask(world: HostWorld, program: Program): OomTask {
  const swapPages = swappedPages(world, program);
  const pages = anonPages(program);
  return { id: program.id, group: world.groups[program.group]!.memoryGroup, rssPages: pages - swapPages, swapPages, pageTablePages: Math.ceil(pages / PAGES_PER_TABLE), oomScoreAdj: program.spec.oomScoreAdj ?? 0 };
}

/** A limit was set below what the group holds: the kernel kills until it fits. */
export function outgrownLimit(world: HostWorld, memoryGroup: number): void {
  const group = world.memory.tree.groups[memoryGroup]!;
  while (group.chargedPages > group.limitPages) if (!outOfMemory(world, memoryGroup)) return;
}
