/**
 * The race of the neighbours for one originator (bat_iv_ogm.c, orig_update). A new sequence number gives a 0 to
 * every neighbour but the one that brought it first. There is no hysteresis: a higher average is the route at
 * once; at equal averages the neighbour that echoes us more often.
 */
import { averageAt, COPY_HEAD, ROW_WORDS, routeAt, setRoute, SLOT_HEAD } from '../tables/originator-tables';
import type { HeardOgm } from '../medium/heard-ogm';
import type { MeshState } from '../mesh-state';
import { pushTq } from './tq-ring';

export type TableCopy = { readonly base: number; readonly head: number; readonly copy: number; /** Nobody brought this sequence number before. */ readonly fresh: boolean };

/** Enters `ogm.tqHere` into the ring of the neighbour that sent it and lets the best neighbour win. */
export function rankNeighbour(mesh: MeshState, ogm: HeardOgm, { base, head, copy, fresh }: TableCopy): void {
  const { words } = mesh.tables;
  const { neighbour } = ogm;
  if (fresh) {
    pushZeros(words, head, ogm.degree, neighbour);
    words[head + 2] = (words[head + 2]! & ~0xff0000) | (ogm.ttl << 16);
  }
  words[base + SLOT_HEAD + neighbour] = ogm.now;
  pushTq(words, head + COPY_HEAD + ROW_WORDS * neighbour + 2, ogm.tqHere);
  const route = routeAt(words, head);
  if (route === neighbour || (route >= 0 && !beats(mesh, ogm.firstIn, head, neighbour, route))) return;
  setRoute(words, head, neighbour);
  if (copy === 0 && route >= 0) mesh.counters.routeSwitches[ogm.router] = mesh.counters.routeSwitches[ogm.router]! + 1;
}

function pushZeros(words: Int32Array, head: number, degree: number, except: number): void {
  for (let n = 0; n < degree; n += 1) {
    const ring = head + COPY_HEAD + ROW_WORDS * n + 2;
    if (n !== except && (words[ring] !== 0 || (words[ring + 1]! & 0xff) !== 0)) pushTq(words, ring, 0);
  }
}

function beats(mesh: MeshState, firstIn: number, head: number, challenger: number, route: number): boolean {
  const { tables, topology } = mesh;
  const mine = averageAt(tables.words, head, challenger);
  const theirs = averageAt(tables.words, head, route);
  if (mine !== theirs) return mine > theirs;
  return tables.echoSum[topology.inEdges[firstIn + challenger]!]! > tables.echoSum[topology.inEdges[firstIn + route]!]!;
}
