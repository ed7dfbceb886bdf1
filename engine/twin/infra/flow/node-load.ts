/** What a node's cores have to do besides one replica, and how long its work would take as one queue for all of them. */
import type { Infra } from '../infra';
import type { ServiceFlow } from './service-flow';
import { solveStation } from './station';

/** By node: how much longer than its CPU time a request would take in one queue for all cores, at the node's whole load. */
export function nodeRatios(infra: Infra, known: readonly ServiceFlow[] | null): (node: number) => number {
  const made = new Map<number, number>();
  const work = (node: number) => {
    const { replicas, capacityMillicores, hogThreads, speed } = infra.nodes[node]!;
    let [rps, cpu, squares, lanes] = [0, 0, 0, 0];
    for (const index of replicas) {
      const { service, phase } = infra.replicas[index]!;
      const flow = known?.[service];
      if (phase !== 'ready' || flow === undefined) continue;
      const { demand, lanes: own, replicas: all } = infra.services[service]!;
      const ready = all.filter((r) => infra.replicas[r]!.phase === 'ready').length;
      const share = Math.min(flow.acceptedRps, flow.capacityRps) / ready;
      const seconds = demand.mean / 1e6 / speed;
      const variation = demand.law === 'constant' ? 0 : demand.cv * demand.cv;
      [rps, cpu, squares, lanes] = [rps + share, cpu + share * seconds, squares + share * seconds * seconds * (1 + variation), lanes + own];
    }
    const cores = capacityMillicores / 1_000;
    if (lanes + hogThreads <= cores || rps === 0 || cpu === 0) return 1;
    const mean = cpu / rps;
    const station = solveStation({ rps: Math.min(rps, (0.97 * cores) / mean), demandSeconds: mean, arrivalVariation: 1, demandVariation: Math.max(0, squares / rps / (mean * mean) - 1), lanes, queueLimit: 1_000, cores, others: [...new Array<number>(hogThreads).fill(0), 1] });
    return (station.waitSeconds + station.stretch * mean) / mean;
  };
  return (node) => {
    const value = made.get(node) ?? work(node);
    made.set(node, value);
    return value;
  };
}

const THREADS_MAX = 48;

/** Chances of 0, 1, 2 … runnable threads on a node besides one replica of a service: what hogs, jobs and other replicas keep busy. */
export function threadsByNode(infra: Infra, known: readonly ServiceFlow[] | null): (node: number, except: number) => readonly number[] {
  const made = new Map<number, readonly number[]>();
  const count = (node: number, except: number) => {
    const { replicas, hogThreads } = infra.nodes[node]!;
    let chances = [...new Array<number>(Math.min(THREADS_MAX, hogThreads)).fill(0), 1];
    let skipped = false;
    for (const index of replicas) {
      const replica = infra.replicas[index]!;
      if (replica.phase !== 'ready') continue;
      if (replica.service === except && !skipped) skipped = true;
      else chances = plus(chances, infra.services[replica.service]!.job !== null ? [0, 1] : (known?.[replica.service]?.busy.get(node) ?? [1]));
    }
    return chances;
  };
  return (node, except) => {
    const key = node * infra.services.length + except;
    const value = made.get(key) ?? count(node, except);
    made.set(key, value);
    return value;
  };
}

function plus(a: readonly number[], b: readonly number[]): number[] {
  const both = new Array<number>(Math.min(THREADS_MAX, a.length + b.length - 1)).fill(0);
  a.forEach((p, i) => b.forEach((q, j) => (both[Math.min(both.length - 1, i + j)] = both[Math.min(both.length - 1, i + j)]! + p * q)));
  return both;
}
