/**
 * The nodes of a cluster as columns of numbers, one entry per node: what may be requested, what is. The hot
 * loops of the fast scheduler read these and nothing else. Every change of a node raises its version, which
 * tells caches that their entry for it is stale.
 */
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import { hostPortsOf } from '../filters/node-ports';
import { isCounted, podRequests, podRequestsWithDefaults } from '../resources';

/** `free` = allocatable − requested, kept beside them for the fit filter. */
export type ResourceColumn = { readonly name: string; readonly allocatable: Float64Array; readonly requested: Float64Array; readonly free: Float64Array };

export type NodeColumns = {
  readonly nodes: readonly Node[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly resources: ResourceColumn[];
  readonly cpuWithDefaults: Float64Array;
  readonly memoryWithDefaults: Float64Array;
  readonly freeSlots: Float64Array;
  readonly version: Uint32Array;
  /** Host ports in use, per node. */
  readonly ports: { readonly address: string; readonly slot: string }[][];
};

/** What one pod adds to the columns of its node. */
export type PodLoad = {
  readonly columns: readonly number[];
  readonly amounts: readonly number[];
  readonly cpuWithDefaults: number;
  readonly memoryWithDefaults: number;
  readonly ports: readonly { readonly address: string; readonly slot: string }[];
};

export function columnsOf(nodes: readonly Node[]): NodeColumns {
  const floats = () => new Float64Array(nodes.length);
  return {
    nodes,
    indexOf: new Map(nodes.map(({ name }, i) => [name, i])),
    resources: [],
    cpuWithDefaults: floats(),
    memoryWithDefaults: floats(),
    freeSlots: Float64Array.from(nodes, ({ allocatable }) => allocatable['pods'] ?? 0),
    version: new Uint32Array(nodes.length).fill(1),
    ports: nodes.map(() => []),
  };
}

/** The column of a resource; made when it is first asked for. */
export function columnOf(columns: NodeColumns, name: string): number {
  const known = columns.resources.findIndex((column) => column.name === name);
  if (known >= 0) return known;
  const allocatable = Float64Array.from(columns.nodes, (node) => node.allocatable[name] ?? 0);
  return columns.resources.push({ name, allocatable, requested: new Float64Array(columns.nodes.length), free: allocatable.slice() }) - 1;
}

export function podLoadOf(columns: NodeColumns, pod: Pod, sidecarHostPorts: boolean): PodLoad {
  const requests = podRequests(pod);
  const names = Object.keys(requests).filter((name) => isCounted(name) && requests[name] !== 0);
  const assumed = podRequestsWithDefaults(pod);
  return {
    columns: names.map((name) => columnOf(columns, name)),
    amounts: names.map((name) => requests[name]!),
    cpuWithDefaults: assumed['cpu'] ?? 0,
    memoryWithDefaults: assumed['memory'] ?? 0,
    ports: hostPortsOf(pod, sidecarHostPorts),
  };
}

/** Adds (`sign` 1) or takes away (−1) a pod. */
export function changeLoad(columns: NodeColumns, node: number, load: PodLoad, sign: 1 | -1): void {
  for (let i = 0; i < load.columns.length; i += 1) {
    const { requested, free } = columns.resources[load.columns[i]!]!;
    requested[node] = requested[node]! + sign * load.amounts[i]!;
    free[node] = free[node]! - sign * load.amounts[i]!;
  }
  columns.cpuWithDefaults[node] = columns.cpuWithDefaults[node]! + sign * load.cpuWithDefaults;
  columns.memoryWithDefaults[node] = columns.memoryWithDefaults[node]! + sign * load.memoryWithDefaults;
  columns.freeSlots[node] = columns.freeSlots[node]! - sign;
  columns.version[node] = columns.version[node]! + 1;
  if (load.ports.length > 0) changePorts(columns.ports[node]!, load.ports, sign);
}

function changePorts(taken: NodeColumns['ports'][number], ports: PodLoad['ports'], sign: 1 | -1): void {
  for (const port of ports) {
    if (sign === 1) taken.push(port);
    else taken.splice(taken.findIndex(({ address, slot }) => address === port.address && slot === port.slot), 1);
  }
}
