/** What is chosen, as it stands in the address: `node:NAME`, or `pod:SLOT.LIFE`. */
import type { cluster } from '@/engine/twin';
import type { Picked } from '../view/pick';

export function chosenText({ shape, moment }: cluster.ClusterPicture, picked: Picked | null): string | null {
  if (picked === null) return null;
  return picked.pod >= 0 ? `pod:${picked.pod}.${moment.pods.life[picked.pod]}` : `node:${shape.nodes.name[picked.node]}`;
}

/** Null when there is no such node, or that pod is gone. */
export function readChosen({ shape, moment: { pods } }: cluster.ClusterPicture, text: string | null): Picked | null {
  const [kind, name] = text?.split(/:(.*)/s) ?? [];
  if (kind === 'node') {
    const node = shape.nodes.name.indexOf(name!);
    return node < 0 ? null : { node, pod: -1 };
  }
  const [slot, life] = kind === 'pod' ? name!.split('.').map(Number) : [];
  if (slot === undefined || !Number.isInteger(slot) || slot < 0 || slot >= pods.count || pods.life[slot] !== life || pods.state[slot] === 0) return null;
  return { node: pods.node[slot]!, pod: slot };
}
