/**
 * The race of the neighbours for one originator (bat_iv_ogm.c, orig_update). A new sequence number gives a 0 to
 * every neighbour but the one that brought it first. There is no hysteresis: a higher average is the route at
 * once; at equal averages the neighbour that echoes us more often.
 */
import { averageAt, COPY_HEAD, RING_AT, ROW_WORDS, routeAt, setRoute } from '../tables/originator-tables';
import type { HeardOgm } from '../medium/heard-ogm';
import type { MeshState } from '../mesh-state';
import { pushTq } from './tq-ring';

/** Enters `ogm.tqHere` into the ring of the neighbour that sent it, in the copy at `head`; the best neighbour wins. True when that changed the route from another. */
export function rankNeighbour(mesh: MeshState, ogm: HeardOgm, head: number, fresh: boolean): boolean {
  const { words } = mesh.tables;
  const { neighbour } = ogm;
  if (fresh) {
    pushZeros(words, head + COPY_HEAD + RING_AT, ogm.degree, neighbour);
    words[head + 2] = (words[head + 2]! & ~0xff0000) | (ogm.ttl << 16);
  }
  pushTq(words, head + COPY_HEAD + ROW_WORDS * neighbour + RING_AT, ogm.tqHere);
  const route = routeAt(words, head);
  if (route === neighbour || (route >= 0 && !beats(mesh, ogm.firstIn, head, neighbour, route))) return false;
  setRoute(words, head, neighbour);
  return route >= 0;
}

/** `ring`: first word of the first neighbour's ring. */
function pushZeros(words: Int32Array, ring: number, degree: number, except: number): void {
  for (let n = 0; n < degree; n += 1) if (n !== except) pushTq(words, ring + ROW_WORDS * n, 0);
}

function beats(mesh: MeshState, firstIn: number, head: number, challenger: number, route: number): boolean {
  const { tables, topology } = mesh;
  const mine = averageAt(tables.words, head, challenger);
  const theirs = averageAt(tables.words, head, route);
  if (mine !== theirs) return mine > theirs;
  return tables.echoSum[topology.inEdges[firstIn + challenger]!]! > tables.echoSum[topology.inEdges[firstIn + route]!]!;
}
