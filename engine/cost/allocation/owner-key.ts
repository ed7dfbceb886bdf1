/** Whose cost it is, seen at the height one asks for: a pod, its workload, its namespace, or the value of one of its labels. */
export type PodIdentity = { readonly pod: string; readonly workload: string; readonly namespace: string; readonly labels: Readonly<Record<string, string>> };

/** `label:team` groups by the value of the label `team`. */
export type GroupBy = 'pod' | 'workload' | 'namespace' | `label:${string}`;

export const WITHOUT_LABEL = '(no label)';

export function ownerKey(identity: PodIdentity, by: GroupBy): string {
  if (by === 'pod' || by === 'workload' || by === 'namespace') return identity[by];
  const name = by.slice('label:'.length);
  return Object.hasOwn(identity.labels, name) ? identity.labels[name]! : WITHOUT_LABEL;
}
