/**
 * The three questions a newcomer can ask with one click. Each is worked out from the world as it is now, so
 * it says which node, which services; nothing in it is a prepared answer.
 */
import type { Change } from '@/engine/scenario';
import type { Frame, NodeSample } from '@/engine/telemetry';
import type { Command, NodeSpec, ServiceSpec, SystemSpec } from '@/engine/twin';
import { describeChange } from './describe-change';

/** `ask` gives the change, or the reason why this world has none. */
export type FirstQuestion = { readonly chip: string; readonly ask: (system: SystemSpec, frame: Frame) => Change | string };

const withTitle = (change: Omit<Change, 'title'>): Change => ({ title: describeChange(change), ...change });
const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);

export const FIRST_QUESTIONS: readonly FirstQuestion[] = [
  { chip: 'Kill a node', ask: killANode },
  { chip: 'Double the traffic', ask: doubleTheTraffic },
  { chip: 'Halve the cost', ask: halveTheCost },
];

/** The node whose loss hits most layers at once: one with a mesh gateway, then most replicas, then the first by name. */
export function killANode({ nodes }: SystemSpec, frame: Frame): Change | string {
  const up = nodes.filter((node) => sampleOf(frame, node)?.up === true);
  const weight = (node: NodeSpec) => (node.router === undefined ? 0 : 1_000) + (sampleOf(frame, node)?.replicas.length ?? 0);
  const victim = [...up].sort((a, b) => weight(b) - weight(a) || byName(a, b))[0];
  return victim === undefined ? 'No node is up, so none can be killed.' : withTitle({ faults: [{ kind: 'node-down', node: victim.name }], commands: [] });
}

const sampleOf = (frame: Frame, node: NodeSpec): NodeSample | undefined => frame.nodes.find((sample) => sample.node === node.name);

export function doubleTheTraffic({ loads }: SystemSpec): Change {
  const entries = [...new Set(loads.map((load) => load.service))].sort();
  return withTitle({ faults: entries.map((service) => ({ kind: 'load-factor', service, factor: 2 })), commands: [] });
}

/** Requests may fill this share of what is left: bins do not pack perfectly. */
const FILL_MAX = 0.9;

/**
 * Removes nodes until the bill is at most half, those without a mesh router first; services shrink before,
 * the least busy replicas first, until what they request fits on what is left.
 */
export function halveTheCost(system: SystemSpec, frame: Frame): Change | string {
  const paid = system.nodes.filter((node) => sampleOf(frame, node)?.up === true);
  const bill = paid.reduce((sum, node) => sum + node.usdPerHour, 0);
  const order = [...paid].sort((a, b) => Number(a.router !== undefined) - Number(b.router !== undefined) || b.usdPerHour - a.usdPerHour || byName(a, b));
  const removed: NodeSpec[] = [];
  let left = bill;
  for (const node of order) {
    if (left <= bill / 2 + 1e-9 || removed.length === paid.length - 1) break;
    removed.push(node);
    left -= node.usdPerHour;
  }
  if (left > bill / 2 + 1e-9) return `The bill is ${paid.length === 1 ? `one node (${paid[0]!.name})` : `${paid.length} nodes`}; no choice of whole nodes halves it.`;
  const room = paid.filter((node) => !removed.includes(node)).reduce((sum, node) => sum + node.cpuMillicores, 0) * FILL_MAX;
  const commands: Command[] = [...shrinkToFit(system.services, frame, room), ...removed.map((node): Command => ({ kind: 'remove-node', node: node.name }))];
  return withTitle({ faults: [], commands });
}

function shrinkToFit(services: readonly ServiceSpec[], frame: Frame, roomMillicores: number): Command[] {
  const sample = (spec: ServiceSpec) => frame.services.find((candidate) => candidate.service === spec.name);
  const wanted = new Map(services.map((spec) => [spec, sample(spec)?.replicas ?? spec.replicas] as const));
  const requested = () => services.reduce((sum, spec) => sum + spec.cpuRequestMillicores * wanted.get(spec)!, 0);
  const busyAfter = (spec: ServiceSpec) => (sample(spec)?.cpuCores ?? 0) / spec.lanes / (wanted.get(spec)! - 1);
  while (requested() > roomMillicores) {
    const candidates = services.filter((spec) => wanted.get(spec)! > Math.max(1, spec.replicasMin ?? 1));
    if (candidates.length === 0) break;
    const calmest = candidates.reduce((best, spec) => (busyAfter(spec) < busyAfter(best) ? spec : best));
    wanted.set(calmest, wanted.get(calmest)! - 1);
  }
  return services.flatMap((spec) => (wanted.get(spec) === (sample(spec)?.replicas ?? spec.replicas) ? [] : [{ kind: 'set-replicas' as const, service: spec.name, replicas: wanted.get(spec)! }]));
}
