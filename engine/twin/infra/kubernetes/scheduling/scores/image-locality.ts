/**
 * ImageLocality: bytes of the pod's images that are on the node already, each scaled by the share of nodes
 * that have it, so that a rare image does not pull all pods onto one node. Below 23 MiB it is worth nothing,
 * above 1000 MiB per container it is worth 100. Not normalised.
 */
import type { Pod } from '../../api/pod';
import { MAX_NODE_SCORE, type ScorePlugin } from '../score';
import type { NodeInfo } from '../snapshot';

const MIB = 1024 * 1024;
export const LEAST_BYTES = 23 * MIB;
export const MOST_BYTES_PER_CONTAINER = 1000 * MIB;

/** `:latest` is added when the name has no tag. */
export const imageNameOf = (name: string) => (name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name);

const containersOf = (pod: Pod) => [...(pod.initContainers ?? []), ...pod.containers];

export const imageLocality: ScorePlugin = (pod, snapshot) => {
  const containers = containersOf(pod);
  const wanted = containers.flatMap(({ image }) => (image === undefined || image === '' ? [] : [imageNameOf(image)]));
  const worth = (name: string, sizeBytes: number) => Math.trunc(sizeBytes * ((snapshot.imageNodes.get(name) ?? 0) / snapshot.nodes.length));
  return { score: (info) => localityScore(sumOn(info, wanted, worth), containers.length) };
};

function sumOn({ imageBytes }: NodeInfo, wanted: readonly string[], worth: (name: string, sizeBytes: number) => number): number {
  let sum = 0;
  for (const name of wanted) {
    const size = imageBytes.get(name);
    if (size !== undefined) sum += worth(name, size);
  }
  return sum;
}

export function localityScore(sumBytes: number, containerCount: number): number {
  const most = MOST_BYTES_PER_CONTAINER * containerCount;
  const clipped = sumBytes < LEAST_BYTES ? LEAST_BYTES : Math.min(sumBytes, most);
  return clipped === LEAST_BYTES ? 0 : Math.trunc((MAX_NODE_SCORE * (clipped - LEAST_BYTES)) / (most - LEAST_BYTES));
}
