/** Tasks of no program that never stop computing: somebody's runaway process. */
import { addCpuTask, endCpuTask, giveWork } from '../../cpu';
import { groupNamed, type HostWorld } from '../host-world';

/** `name` null: outside of every group. */
export function addStrangers(world: HostWorld, name: string | null, threads: number): void {
  const group = name === null ? -1 : groupNamed(world, name);
  const tasks = Array.from({ length: threads }, (_, i) => addCpuTask(world.cpu, { name: `stranger/${i}`, group: world.groups[group]?.cpuGroup }));
  for (const task of tasks) {
    world.taskOwner[task] = -1;
    giveWork(world.cpu, task, Infinity);
  }
  world.trouble.strangers.push({ group, tasks });
}

/** Ends the latest of that group with as many threads; none when a boot has ended them. */
export function endStrangers(world: HostWorld, name: string | null, threads: number): void {
  const group = name === null ? -1 : groupNamed(world, name);
  const { strangers } = world.trouble;
  const at = strangers.findLastIndex((each) => each.group === group && each.tasks.length === threads);
  for (const task of strangers.splice(at, at < 0 ? 0 : 1).flatMap(({ tasks }) => tasks)) endCpuTask(world.cpu, task);
}

export function dropStrangers(world: HostWorld): void {
  for (const { tasks } of world.trouble.strangers) for (const task of tasks) endCpuTask(world.cpu, task);
  world.trouble.strangers = [];
}
