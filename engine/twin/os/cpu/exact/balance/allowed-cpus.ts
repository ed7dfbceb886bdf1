/** Where a group's tasks may run: its own CPUs and its ancestors'; all of the host's if that leaves none. */
import { NONE, type CpuHost } from '../cpu-host';

export function isAllowed(host: CpuHost, group: number, cpu: number): boolean {
  for (let id = group; id !== NONE; id = host.groups[id]!.parent) if (host.groups[id]!.cpus[cpu] === 0) return false;
  return true;
}

/** Allowed CPUs in their order. */
export function allowedCpus(host: CpuHost, group: number): number[] {
  const ids = host.cpus.map(({ id }) => id);
  const allowed = ids.filter((cpu) => isAllowed(host, group, cpu));
  return allowed.length > 0 ? allowed : ids;
}
