/** The order in which promises to a provider are used up: by kind as the provider applies them, then the highest discount first, then by name. */
import { COMMITMENT_KINDS, type CommitmentSpec } from '@/engine/twin';

const compareText = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);

export const inOrderOfUse = (commitments: readonly CommitmentSpec[]): readonly CommitmentSpec[] =>
  [...commitments].sort((x, y) => COMMITMENT_KINDS.indexOf(x.kind) - COMMITMENT_KINDS.indexOf(y.kind) || y.discount - x.discount || compareText(x.name, y.name));
