/**
 * Quality of service: a promise made by requests and limits. Guaranteed: every container limits cpu and
 * memory and requests as much; BestEffort: nothing is said anywhere; Burstable: the rest. Init containers
 * count; a zero says nothing; resources of the pod as a whole replace those of its containers (1.34). Source: `pkg/apis/core/v1/helper/qos`.
 */
import type { Container, Pod, ResourceList } from '../api/pod';

export type QualityOfService = 'Guaranteed' | 'Burstable' | 'BestEffort';

const COMPUTE = ['cpu', 'memory'] as const;
type Sums = Record<(typeof COMPUTE)[number], number>;

export function qualityOfService({ containers, initContainers = [], resources }: Pick<Pod, 'containers' | 'initContainers' | 'resources'>): QualityOfService {
  const all: readonly Container[] = saysSomething(resources) ? [resources] : [...initContainers, ...containers];
  const requests = sumOf(all.map((container) => container.requests));
  const limits = sumOf(all.map((container) => container.limits));
  if (COMPUTE.every((name) => requests[name] === 0 && limits[name] === 0)) return 'BestEffort';
  const bound = all.every(limitsEverything);
  const equal = COMPUTE.every((name) => requests[name] === limits[name]);
  return bound && equal ? 'Guaranteed' : 'Burstable';
}

const saysSomething = (resources: Pod['resources']): resources is NonNullable<Pod['resources']> => Object.keys({ ...resources?.requests, ...resources?.limits }).length > 0;

const limitsEverything = ({ limits }: Container) => COMPUTE.every((name) => (limits?.[name] ?? 0) > 0);

function sumOf(lists: readonly (ResourceList | undefined)[]): Sums {
  const sums: Sums = { cpu: 0, memory: 0 };
  for (const list of lists) for (const name of COMPUTE) sums[name] += Math.max(0, list?.[name] ?? 0);
  return sums;
}
