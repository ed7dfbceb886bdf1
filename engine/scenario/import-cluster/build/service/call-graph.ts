/**
 * Who calls whom, from the Services that environments name; a Service is the workloads it selects. Calls that would close a circle
 * are left out: a request must end.
 */
import type { ClusterImport, ImportedWorkload } from '../../cluster-import';
import { selectsPod } from '../../settle/settle-import';

export type CallGraph = {
  /** For each workload the indices of those it calls. */
  readonly calls: readonly (readonly number[])[];
  /** Which workloads a Service selects. */
  readonly serving: readonly boolean[];
  /** Callers before those they call. */
  readonly order: readonly number[];
  readonly circular: number;
};

export function callGraph({ workloads, services }: Pick<ClusterImport, 'workloads' | 'services'>): CallGraph {
  const byService = new Map<string, number>();
  const serving = workloads.map(({ published }) => published);
  for (const { namespace, name, selector } of services) {
    const first = workloads.findIndex((workload) => workload.namespace === namespace && selectsPod(selector, workload.template));
    if (first < 0) continue;
    byService.set(`${namespace}/${name}`, first);
    workloads.forEach((workload, i) => {
      if (workload.namespace === namespace && selectsPod(selector, workload.template)) serving[i] = true;
    });
  }
  const calls: number[][] = workloads.map(() => []);
  let circular = 0;
  workloads.forEach((workload, from) => {
    for (const to of reachedBy(workload, byService)) {
      if (to === from || calls[from]!.includes(to)) continue;
      if (leadsTo(calls, to, from)) circular += 1;
      else calls[from]!.push(to);
    }
  });
  return { calls, serving, order: callersFirst(calls), circular };
}

const reachedBy = ({ reaches }: ImportedWorkload, byService: ReadonlyMap<string, number>): readonly number[] => reaches.flatMap((service) => byService.get(service) ?? []);

function leadsTo(calls: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set<number>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...calls[next]!);
  }
  return false;
}

function callersFirst(calls: readonly (readonly number[])[]): readonly number[] {
  const callers = calls.map(() => 0);
  for (const list of calls) for (const to of list) callers[to] = callers[to]! + 1;
  const open = callers.flatMap((count, i) => (count === 0 ? [i] : []));
  const order: number[] = [];
  for (let at = 0; at < open.length; at += 1) {
    const from = open[at]!;
    order.push(from);
    for (const to of calls[from]!) {
      callers[to] = callers[to]! - 1;
      if (callers[to] === 0) open.push(to);
    }
  }
  return order;
}
