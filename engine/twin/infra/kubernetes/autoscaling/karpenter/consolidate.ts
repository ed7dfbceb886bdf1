/**
 * Consolidation: nodes go when their pods fit on the rest, perhaps with one new node that costs strictly less.
 * Empty nodes first, then as many candidates at once as possible (binary search over the ranked list), then
 * single ones. Source: karpenter `disruption/{emptiness,multinodeconsolidation,singlenodeconsolidation}`.
 */
import { labelOf } from '../../api/labels';
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import type { SchedulerProfile } from '../../scheduling/profile';
import { snapshotOf, type Snapshot } from '../../scheduling/snapshot';
import { firstFit } from '../cluster-autoscaler/first-fit';
import { balancedScore, disruptionCost, isWorthDisrupting, rankCandidates, type PoolTotals } from './disruption-cost';

export type CapacityType = 'spot' | 'on-demand';
export type InstanceType = { readonly name: string; readonly node: Node; readonly usdPerHour: number; readonly capacityType: CapacityType };
export type ConsolidationPolicy = 'WhenEmpty' | 'WhenEmptyOrUnderutilized' | 'Balanced';

export type Candidate = {
  readonly name: string;
  readonly usdPerHour: number;
  readonly capacityType: CapacityType;
  /** Pods that must go elsewhere; daemon pods are not among them. */
  readonly pods: readonly Pod[];
};

export type ConsolidationContext = {
  readonly snapshot: Snapshot;
  readonly profile: SchedulerProfile;
  /** What can be bought. */
  readonly instanceTypes: readonly InstanceType[];
  readonly policy: ConsolidationPolicy;
  readonly pool: PoolTotals;
  /** Feature gate: one spot node may replace another if at least 15 cheaper types exist. */
  readonly spotToSpot: boolean;
};

export type Command = {
  readonly kind: 'empty' | 'delete' | 'replace';
  readonly candidates: readonly string[];
  /** Cheapest first; null when nothing has to be bought. */
  readonly replacements: readonly InstanceType[] | null;
  readonly savedUsdPerHour: number;
};

const MULTI_NODE_MAX = 100;
const SPOT_TYPES_MIN = 15;

/** The next command within `allowed` disruptions; null when nothing is worth doing. */
export function consolidate(candidates: readonly Candidate[], allowed: number, context: ConsolidationContext): Command | null {
  if (allowed <= 0) return null;
  const empty = candidates.filter(({ pods }) => pods.length === 0).slice(0, allowed);
  if (empty.length > 0) return { kind: 'empty', candidates: empty.map(({ name }) => name), replacements: null, savedUsdPerHour: priceOf(empty) };
  if (context.policy === 'WhenEmpty') return null;
  const ranked = rankCandidates(candidates.map((candidate) => ({ ...candidate, disruptionCost: disruptionCost(candidate.pods) })));
  return multiNode(ranked.slice(0, Math.min(allowed, MULTI_NODE_MAX)), context) ?? singleNode(ranked, context);
}

const priceOf = (candidates: readonly Candidate[]) => candidates.reduce((sum, { usdPerHour }) => sum + usdPerHour, 0);

/** The longest prefix of at least two candidates that can go together, by bisection. */
function multiNode(ranked: readonly Candidate[], context: ConsolidationContext): Command | null {
  let low = 2;
  let high = ranked.length;
  let found: Command | null = null;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const command = evaluate(ranked.slice(0, middle), context);
    if (command === null) high = middle - 1;
    else {
      found = command;
      low = middle + 1;
    }
  }
  return found;
}

function singleNode(ranked: readonly Candidate[], context: ConsolidationContext): Command | null {
  for (const candidate of ranked) {
    const command = evaluate([candidate], context);
    if (command !== null) return command;
  }
  return null;
}

/** What taking these nodes away would mean; null when pods would be left over, or nothing is saved. */
export function evaluate(candidates: readonly Candidate[], context: ConsolidationContext): Command | null {
  const command = deleteOrReplace(candidates, context);
  if (command === null || context.policy !== 'Balanced') return command;
  const disruption = candidates.reduce((sum, { pods }) => sum + disruptionCost(pods), 0);
  return isWorthDisrupting(balancedScore(command.savedUsdPerHour, disruption, context.pool)) ? command : null;
}

function deleteOrReplace(candidates: readonly Candidate[], context: ConsolidationContext): Command | null {
  const names = candidates.map(({ name }) => name);
  const rest = without(context.snapshot, names);
  const moved = firstFit(candidates.flatMap(({ pods }) => pods), rest, context.profile);
  const price = priceOf(candidates);
  if (moved.unplaced.length === 0) return { kind: 'delete', candidates: names, replacements: null, savedUsdPerHour: price };
  const able = replacementsFor(moved.unplaced, moved.snapshot, candidates, price, context);
  return able.length === 0 ? null : { kind: 'replace', candidates: names, replacements: able, savedUsdPerHour: price - able[0]!.usdPerHour };
}

/** Cheaper types that take all pods that are left, on one node; cheapest first. */
function replacementsFor(pods: readonly Pod[], snapshot: Snapshot, candidates: readonly Candidate[], price: number, { instanceTypes, profile, spotToSpot }: ConsolidationContext): readonly InstanceType[] {
  const allSpot = candidates.every(({ capacityType }) => capacityType === 'spot');
  const cheaper = instanceTypes.filter(({ usdPerHour }) => usdPerHour < price);
  const able = cheaper.filter(({ node }) => takesAll(pods, snapshot, node, profile)).sort((x, y) => x.usdPerHour - y.usdPerHour || (x.name < y.name ? -1 : x.name > y.name ? 1 : 0));
  const spot = able.filter(({ capacityType }) => capacityType === 'spot');
  if (!allSpot) return spot.length > 0 ? spot : able;
  if (!spotToSpot) return able.filter(({ capacityType }) => capacityType === 'on-demand');
  if (candidates.length > 1) return spot;
  return spot.length < SPOT_TYPES_MIN ? [] : spot.slice(0, SPOT_TYPES_MIN);
}

const REPLACEMENT = 'replacement';
const HOSTNAME = 'kubernetes.io/hostname';

function takesAll(pods: readonly Pod[], snapshot: Snapshot, node: Node, profile: SchedulerProfile): boolean {
  const labels = labelOf(node.labels, HOSTNAME) === undefined ? node.labels : { ...node.labels, [HOSTNAME]: REPLACEMENT };
  const grown = rebuilt(snapshot, [...snapshot.nodes.map((info) => info.node), { ...node, name: REPLACEMENT, labels }]);
  return firstFit(pods, grown, profile, (info) => info.node.name === REPLACEMENT).unplaced.length === 0;
}

const without = (snapshot: Snapshot, names: readonly string[]) => rebuilt(snapshot, snapshot.nodes.map((info) => info.node).filter(({ name }) => !names.includes(name)));

const rebuilt = (snapshot: Snapshot, nodes: readonly Node[]) =>
  snapshotOf({ nodes, pods: [...snapshot.nodes.flatMap((info) => info.pods), ...snapshot.nominated], namespaces: snapshot.namespaces, selectors: snapshot.selectors, volumes: snapshot.volumes });
