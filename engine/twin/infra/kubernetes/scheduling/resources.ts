/**
 * What a pod requests: the larger of the sum over its containers and each init container, plus overhead.
 * Restartable init containers (sidecars) keep running, so they add to the sum and to every later init
 * container. Source: component-helpers `resource.PodRequests`.
 *
 * Scores that look at requests assume 100 millicores and 200 MiB for a container that says nothing; a
 * container that says 0 means 0. Sums stay below 2^53 as long as single requests stay below 2^43 on a
 * thousand containers; products that may leave 2^53 go through `scaledDivision`.
 */
import type { Container, Pod, ResourceList } from '../api/pod';

export const DEFAULT_MILLICORES = 100;
export const DEFAULT_MEMORY_BYTES = 200 * 1024 * 1024;

type MutableList = Record<string, number>;

const zeroList = (): MutableList => Object.create(null) as MutableList;

function add(into: MutableList, list: ResourceList | undefined): void {
  if (list === undefined) return;
  for (const name of Object.keys(list)) into[name] = (into[name] ?? 0) + list[name]!;
}

function raise(into: MutableList, list: ResourceList): void {
  for (const name of Object.keys(list)) into[name] = Math.max(into[name] ?? 0, list[name]!);
}

const asWritten = (container: Container): ResourceList => container.requests ?? {};

const withDefaults = (container: Container): ResourceList => ({ cpu: DEFAULT_MILLICORES, memory: DEFAULT_MEMORY_BYTES, ...container.requests });

function sumRequests(pod: Pod, requestsOf: (container: Container) => ResourceList): ResourceList {
  const sum = zeroList();
  const sidecars = zeroList();
  const peak = zeroList();
  for (const container of pod.containers) add(sum, requestsOf(container));
  for (const container of pod.initContainers ?? []) {
    const requests = requestsOf(container);
    const now = zeroList();
    add(now, sidecars);
    add(now, requests);
    raise(peak, now);
    if (container.restartPolicy === 'Always') {
      add(sum, requests);
      add(sidecars, requests);
    }
  }
  raise(sum, peak);
  Object.assign(sum, pod.resources?.requests);
  add(sum, pod.overhead);
  return sum;
}

/** Requests as written: what filters and the node's bookkeeping use. */
export const podRequests = (pod: Pod): ResourceList => sumRequests(pod, asWritten);

/** Requests with the scheduler's defaults for cpu and memory: what allocation scores use. */
export const podRequestsWithDefaults = (pod: Pod): ResourceList => sumRequests(pod, withDefaults);

/** floor(a × factor ÷ b) for integers a, b > 0, exact; beyond 2^53 it is done on BigInt. */
export function scaledDivision(a: number, factor: number, b: number): number {
  const product = a * factor;
  if (Number.isSafeInteger(product)) return Math.trunc(product / b);
  return Number((BigInt(Math.trunc(a)) * BigInt(factor)) / BigInt(Math.trunc(b)));
}

const isNative = (name: string) => !name.includes('/') || name.includes('kubernetes.io/');

/** A resource that only means something when it is asked for by name: devices, huge pages, attachable volumes. */
export const isScalarResource = (name: string) =>
  name.startsWith('hugepages-') || name.startsWith('attachable-volumes-') || name.includes('kubernetes.io/') || isExtendedResource(name);

export const isExtendedResource = (name: string) => !isNative(name) && !name.startsWith('requests.');

/** Resources the scheduler keeps books on, in upstream's order: cpu, memory, ephemeral-storage, then the scalar ones. */
export const isCounted = (name: string) => name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || isScalarResource(name);
