/** A short name for each workload that no other has: its own, else with its namespace, else with its kind too. `client` is the end-to-end view and stays free. */
import type { ImportedWorkload } from '../../cluster-import';

const RESERVED = ['client'];

export function serviceNames(workloads: readonly ImportedWorkload[]): readonly string[] {
  const count = (of: (workload: ImportedWorkload) => string) => {
    const counts = new Map<string, number>();
    for (const workload of workloads) counts.set(of(workload), (counts.get(of(workload)) ?? 0) + 1);
    return counts;
  };
  const [names, full] = [count(({ name }) => name), count(fullName)];
  const taken = new Set<string>();
  return workloads.map((workload) => {
    const { name, kind } = workload;
    const wanted = names.get(name) === 1 && !RESERVED.includes(name) ? name : full.get(fullName(workload)) === 1 ? fullName(workload) : `${fullName(workload)}.${kind.toLowerCase().replace(' ', '-')}`;
    return free(wanted.slice(0, NAME_MAX), taken);
  });
}

const NAME_MAX = 180;
const fullName = ({ namespace, name }: ImportedWorkload) => `${namespace}.${name}`;

function free(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let i = 2; taken.has(name); i += 1) name = `${wanted}-${i}`;
  taken.add(name);
  return name;
}
