/**
 * Filtering one cluster for one pod. Pods that were promised a node (nominated) and are at least as
 * important count as present there, and the node must fit both with and without them: without, because
 * they may never arrive; with, because they may.
 */
import { priorityOf, type Pod } from '../api/pod';
import type { FilterName, Rejection } from './filter';
import { FILTERS } from './filters';
import type { SchedulerProfile } from './profile';
import { withPodsOn, type NodeInfo, type Snapshot } from './snapshot';

export type NamedRejection = Rejection & { readonly filter: FilterName };

export type Judgement = {
  /** First refusal in the order of the profile, or null. */
  first(info: NodeInfo): NamedRejection | null;
  /** Every refusal, each filter asked alone. */
  all(info: NodeInfo): readonly NamedRejection[];
};

/** Filters prepared for a pod on a snapshot, without looking at nominated pods. */
export function judgementOf(pod: Pod, snapshot: Snapshot, { filters, settings }: SchedulerProfile): Judgement {
  const judges = filters.map((filter) => ({ filter, judge: FILTERS[filter](pod, snapshot, settings) }));
  const ask = (info: NodeInfo, { filter, judge }: (typeof judges)[number]): NamedRejection | null => {
    const rejection = judge(info);
    return rejection === null ? null : { ...rejection, filter };
  };
  return {
    first(info) {
      for (const named of judges) {
        const rejection = ask(info, named);
        if (rejection !== null) return rejection;
      }
      return null;
    },
    all: (info) => judges.map((named) => ask(info, named)).filter((rejection) => rejection !== null),
  };
}

/** As `judgementOf`, but nominated pods of equal or higher priority count as present on their node. */
export function judgementWithNominated(pod: Pod, snapshot: Snapshot, profile: SchedulerProfile): Judgement {
  const plain = judgementOf(pod, snapshot, profile);
  const rivals = snapshot.nominated.filter((other) => other.name !== pod.name && priorityOf(other) >= priorityOf(pod));
  if (rivals.length === 0) return plain;
  const first = (info: NodeInfo) => withRivals(info, pod, rivals, snapshot, profile)?.first() ?? plain.first(info);
  const all = (info: NodeInfo) => {
    const crowded = withRivals(info, pod, rivals, snapshot, profile)?.all() ?? [];
    const alone = plain.all(info);
    return [...crowded, ...alone.filter(({ filter }) => crowded.every((other) => other.filter !== filter))];
  };
  return { first, all };
}

function withRivals(info: NodeInfo, pod: Pod, rivals: readonly Pod[], snapshot: Snapshot, profile: SchedulerProfile) {
  const here = rivals.filter(({ nominatedNodeName }) => nominatedNodeName === info.node.name);
  if (here.length === 0) return null;
  const crowded = withPodsOn(snapshot, info, [...info.pods, ...here]);
  const judgement = judgementOf(pod, crowded.snapshot, profile);
  return { first: () => judgement.first(crowded.info), all: () => judgement.all(crowded.info) };
}
