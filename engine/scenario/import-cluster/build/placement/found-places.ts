/**
 * Where the pods of a workload begin in the twin: on the node that runs them. A pod whose node is in no file is left to the
 * scheduler, and one that waits begins waiting.
 */
import type { ClusterImport, ImportedWorkload } from '../../cluster-import';

/** The longest text a system takes as a name, a label's key, or a value. */
export const NAME_MAX = 200;
export const nodeNameOf = (name: string) => name.slice(0, NAME_MAX);

export type FoundPlaces = {
  /** For `startsOn`: as many as there are places known, at most the replicas. */
  readonly startsOn: readonly (string | null)[];
  readonly standing: number;
  readonly waiting: number;
  /** On a node that no file describes. */
  readonly elsewhere: number;
};

export const nodeNames = ({ nodes }: ClusterImport): ReadonlySet<string> => new Set(nodes.map(({ node }) => node.name));

export function foundPlaces({ standsOn }: ImportedWorkload, known: ReadonlySet<string>, replicas: number): FoundPlaces {
  const kept = standsOn.slice(0, replicas);
  const standing = kept.filter((node) => node !== null && known.has(node));
  const waiting = kept.filter((node) => node === null);
  return { startsOn: [...standing.map((node) => (node === null ? null : nodeNameOf(node))), ...waiting], standing: standing.length, waiting: waiting.length, elsewhere: kept.length - standing.length - waiting.length };
}
