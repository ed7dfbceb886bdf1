/** What had to be put in to run the cluster, in numbers, and what would take its place. */
import type { CardAssumption } from '../fit-card/fit-card';
import { ASSUMED_UTILIZATION, DEMAND_MS, type UseSource } from './service/load-plan';
import { nodePrice } from './node-price';
import { BOOT_SECONDS, usableGroups } from './node-specs';
import { START_SECONDS, type Parts } from './service/service-specs';
import { volumesOfWorkload } from './volume-places';

const METRICS = 'kubectl get --raw /apis/metrics.k8s.io/v1beta1/pods, or a recording of request rates';

export function twinAssumptions(parts: Parts): readonly CardAssumption[] {
  return [...loadAssumptions(parts), ...callAssumptions(parts), ...timeAssumptions(parts), ...nodeAssumptions(parts)].filter(({ count }) => count > 0);
}

function loadAssumptions({ loads, cluster: { workloads }, replicas }: Parts): readonly CardAssumption[] {
  const from = (source: UseSource) => loads.filter((load) => load?.source === source).length;
  const entries = loads.flatMap((load) => (load?.isEntry === true ? [load] : []));
  const rps = entries.reduce((sum, load) => sum + load.rps, 0);
  const demand = entries[0]?.demandMs ?? DEMAND_MS;
  return [
    { what: 'CPU in use, measured', value: 'as the metrics say', count: from('measured'), because: 'PodMetrics are in the files', instead: 'a recording over a day' },
    { what: 'CPU in use, by the autoscaler', value: 'its current utilization of the request', count: from('autoscaler'), because: 'no metrics of the pods are in the files', instead: METRICS },
    { what: 'CPU in use, assumed', value: `${ASSUMED_UTILIZATION * 100} % of the request`, count: from('assumed'), because: 'neither metrics nor an autoscaler say it', instead: METRICS },
    { what: 'Load of clients', value: `${Number(rps.toFixed(1))} requests per second at ${Number(demand.toFixed(2))} ms of CPU each, constant`, count: entries.length, because: 'no file says a rate; rate and cost together give the CPU in use', instead: 'a recording of request rates (Replay), or your own numbers in the scenario' },
    { what: 'Workloads without load', value: 'they take room and no CPU', count: workloads.filter((_, i) => loads[i] === null && replicas[i]! > 0).length, because: 'no Service selects them and nobody is known to call them', instead: 'a Service, or the address in their callers’ environment' },
  ];
}

function callAssumptions({ graph, cluster, places }: Parts): readonly CardAssumption[] {
  return [
    { what: 'Calls between services', value: 'one call per request of the caller', count: graph.calls.reduce((sum, list) => sum + list.length, 0), because: 'addresses in the environment (or depends_on) name the callee', instead: 'traces' },
    { what: 'Calls left out', value: 'none is made', count: graph.circular, because: 'they would close a circle of calls', instead: 'traces' },
    { what: 'Volumes of one workload in several places', value: 'its pods may go to any of them', count: cluster.workloads.filter((workload) => volumesOfWorkload(workload, cluster, places).apart).length, because: 'a replica of the running world does not keep one volume; explanations of placements do', instead: 'nothing' },
  ];
}

function timeAssumptions({ cluster: { workloads }, graph }: Parts): readonly CardAssumption[] {
  const measured = workloads.filter(({ startSeconds }) => startSeconds !== null);
  const called = new Set(graph.calls.flat());
  return [
    { what: 'Start of a pod, measured', value: `${spread(measured.map(({ startSeconds }) => startSeconds?.median ?? 0))} s, median per workload`, count: measured.length, because: 'from start to Ready of pods that were never restarted', instead: 'more pods' },
    { what: 'Start of a pod, assumed', value: `${START_SECONDS} s until the program answers, then its probes`, count: workloads.length - measured.length, because: 'no pod shows it', instead: 'kubectl get pods -o json of running pods' },
    { what: 'Cost of a called service', value: 'CPU in use ÷ rate of its callers', count: called.size, because: 'no file says what a call costs', instead: 'traces' },
  ];
}

function nodeAssumptions({ cluster }: Parts): readonly CardAssumption[] {
  const { nodes } = cluster;
  const prices = nodes.map(nodePrice);
  const usd = (listed: boolean) => prices.filter((price) => price.listed === listed).reduce((sum, { usdPerHour }) => sum + usdPerHour, 0);
  return [
    { what: 'Price of nodes, listed', value: `$${usd(true).toFixed(2)}/h together`, count: prices.filter(({ listed }) => listed).length, because: 'their machine type is in the price book', instead: 'your bill' },
    { what: 'Price of nodes, by size', value: `$${usd(false).toFixed(2)}/h together`, count: prices.filter(({ listed }) => !listed).length, because: 'their machine type is not in the price book; cores and memory are', instead: 'your bill' },
    { what: 'Power of nodes', value: '0.74 to 3.5 W per vCPU', count: nodes.length, because: 'Cloud Carbon Footprint’s mean over AWS', instead: 'a meter' },
    { what: 'Time to boot a node', value: `${BOOT_SECONDS} s`, count: usableGroups(cluster).length, because: 'no file says it', instead: 'how long your last nodes took' },
  ];
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted.length === 0 ? '0' : sorted[0] === sorted.at(-1) ? String(sorted[0]) : `${sorted[0]} to ${sorted.at(-1)}`;
}
