import { WINDOW } from '../constants';
import { OgmFlag } from '../medium/packet-pool';
import type { HeardOgm } from '../medium/heard-ogm';
import type { MeshState } from '../mesh-state';
import { copyOf, isKnown } from '../tables/originator-tables';
import { countEchoes } from './link-window';

/** Our own OGM came back: the neighbour heard it (process_reply). Counts only once the neighbour's own OGMs are known. */
export function hearEcho(mesh: MeshState, { edge, router, into, via, originator, sequence, flags, now }: HeardOgm): void {
  const { tables, topology, interfaces } = mesh;
  if (tables.words[via] === 0) tables.words[via] = now;
  if ((flags & OgmFlag.directLink) === 0 || originator !== into || !isKnown(tables, router, via, copyOf(topology, tables, router, into))) return;
  const age = (interfaces.sequence[into]! - 2 - sequence) | 0;
  if (age < 0 || age >= WINDOW) return;
  if (age < 32) tables.echoLow[edge] = tables.echoLow[edge]! | (1 << age);
  else tables.echoHigh[edge] = tables.echoHigh[edge]! | (1 << (age - 32));
  countEchoes(mesh, router, edge);
}
