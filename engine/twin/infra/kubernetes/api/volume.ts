/** A bound persistent volume: where it can be attached, by its own node affinity and by its zone labels. */
import type { Labels, NodeSelector } from './labels';

export type PersistentVolume = {
  readonly name: string;
  readonly labels: Labels;
  readonly nodeAffinity?: NodeSelector | null;
};
