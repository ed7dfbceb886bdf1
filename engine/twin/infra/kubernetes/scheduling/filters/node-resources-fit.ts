/**
 * NodeResourcesFit: a pod slot is free, and every requested resource fits what is allocatable minus what is
 * requested already. A resource the node does not have counts as 0; extended resources may be left to an
 * extender (`ignoredResources`, `ignoredResourceGroups`).
 */
import type { ResourceList } from '../../api/pod';
import type { FilterPlugin, FilterSettings, Shortage } from '../filter';
import { isExtendedResource, isScalarResource, podRequests } from '../resources';
import type { NodeInfo } from '../snapshot';

const BASIC = ['cpu', 'memory', 'ephemeral-storage'];

function isIgnored(name: string, { ignoredResources = [], ignoredResourceGroups = [] }: FilterSettings): boolean {
  if (!isExtendedResource(name)) return false;
  return ignoredResources.includes(name) || ignoredResourceGroups.includes(name.split('/')[0]!);
}

/** The resources this pod needs, in the order in which shortages are reported. */
export function neededResources(requests: ResourceList, settings: FilterSettings): readonly string[] {
  const scalars = Object.keys(requests).filter((name) => !BASIC.includes(name) && isScalarResource(name) && !isIgnored(name, settings));
  return [...BASIC, ...scalars].filter((name) => (requests[name] ?? 0) > 0);
}

export function shortagesOn(info: NodeInfo, requests: ResourceList, needed: readonly string[]): Shortage[] {
  const short: Shortage[] = [];
  const slots = info.node.allocatable['pods'] ?? 0;
  if (info.pods.length + 1 > slots) short.push({ resource: 'pods', requested: 1, used: info.pods.length, capacity: slots });
  for (const resource of needed) {
    const requested = requests[resource]!;
    const used = info.requested[resource] ?? 0;
    const capacity = info.node.allocatable[resource] ?? 0;
    if (requested > capacity - used) short.push({ resource, requested, used, capacity });
  }
  return short;
}

export const nodeResourcesFit: FilterPlugin = (pod, _snapshot, settings) => {
  const requests = podRequests(pod);
  const needed = neededResources(requests, settings);
  return (info) => {
    const short = shortagesOn(info, requests, needed);
    if (short.length === 0) return null;
    const hopeless = settings.rules.oversizedIsFinal && short.some(isOversized);
    return { verdict: hopeless ? 'never' : 'no', reason: short.map(explainShortage).join('; '), short };
  };
};

/** More than the node has when nothing runs there; pod slots are only ever taken. */
const isOversized = ({ resource, requested, capacity }: Shortage) => resource !== 'pods' && requested > capacity;

const explainShortage = ({ resource, requested, used, capacity }: Shortage) =>
  resource === 'pods' ? `all ${capacity} pod slots are taken` : `${resource}: ${requested} requested, ${Math.max(0, capacity - used)} of ${capacity} free`;
