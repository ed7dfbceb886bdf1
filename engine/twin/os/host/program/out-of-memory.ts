/** A group (or the host, group 0) has no page left: the kernel chooses who dies, and they die. */
import { chooseVictims, mibOf, type OomTask } from '../../memory';
import { anonPages, type HostWorld } from '../host-world';
import { exitProgram } from './program-life';

/** False when nobody may be killed. */
export function outOfMemory(world: HostWorld, full: number): boolean {
  const { tree, totalPages } = world.memory;
  const tasks: OomTask[] = world.programs
    .filter(({ lanes, frozen }) => lanes.length + frozen.length > 0)
    .map((program) => ({ id: program.id, group: world.groups[program.group]!.memoryGroup, rssPages: anonPages(program), swapPages: 0, pageTablePages: 0, oomScoreAdj: program.spec.oomScoreAdj ?? 0 }));
  const verdict = chooseVictims(tree, full, tasks, totalPages);
  if (verdict.verdict !== 'kill') return false;
  const where = full === 0 ? 'the host has no memory left' : `group ${tree.groups[full]!.name} is at its limit of ${mibOf(tree.groups[full]!.limitPages)} MiB`;
  for (const { id, rssPages } of verdict.victims) exitProgram(world, world.programs[id]!, 'oom-kill', `${where}; it held ${Math.round(mibOf(rssPages))} MiB`);
  return true;
}

/** A limit was set below what the group holds: the kernel kills until it fits. */
export function outgrownLimit(world: HostWorld, memoryGroup: number): void {
  const group = world.memory.tree.groups[memoryGroup]!;
  while (group.chargedPages > group.limitPages) if (!outOfMemory(world, memoryGroup)) return;
}
