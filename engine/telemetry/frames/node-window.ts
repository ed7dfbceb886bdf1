/** What the scrapes said about one node between two frames. A node of unknown size is left out of frames. */
import { US_PER_SECOND } from '@/engine/kernel';
import type { NodeSample } from '../frame';
import type { NodePart } from './series-role';

export type NodeWindow = { readonly node: string; readonly sums: Map<NodePart, number>; readonly cpus: Set<string>; readonly hintedCores: number | null; readonly hintedServices: readonly string[] };

export const nodeWindow = (node: string, hintedCores: number | null, hintedServices: readonly string[]): NodeWindow => ({ node, sums: new Map(), cpus: new Set(), hintedCores, hintedServices });

export const clearNodeWindow = (window: NodeWindow) => window.sums.clear();

export const isNodeCounter = (part: NodePart) => part === 'used-cpu' || part === 'idle-cpu' || part === 'pressure';

export function addNodeGauge(window: NodeWindow, part: NodePart, value: number): void {
  window.sums.set(part, value);
}

export function addNodeIncrease(window: NodeWindow, part: NodePart, increase: number, elapsedUs: number): void {
  window.sums.set(part, (window.sums.get(part) ?? 0) + (increase * US_PER_SECOND) / elapsedUs);
}

/** null when nothing was seen of the node, itself or its replicas, or when its size is not known. */
export function nodeSample(window: NodeWindow, replicas: readonly string[]): NodeSample | null {
  const of = (part: NodePart) => window.sums.get(part) ?? null;
  const capacity = of('capacity') ?? window.hintedCores ?? (window.cpus.size > 0 ? window.cpus.size : null);
  if (capacity === null || (window.sums.size === 0 && replicas.length === 0)) return null;
  const total = of('memory-total');
  const available = of('memory-available');
  const pressure = of('pressure');
  return {
    node: window.node,
    up: true,
    cpuCapacityCores: capacity,
    cpuCores: of('used-cpu'),
    cpuPressure: pressure === null ? null : Math.min(1, Math.max(0, pressure)),
    memoryBytes: total === null || available === null ? null : total - available,
    replicas,
  };
}
