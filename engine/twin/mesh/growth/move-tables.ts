/** Originator tables into those of a larger topology: slots by originator, rows by neighbour, copies by interface. */
import type { MeshState } from '../mesh-state';
import { copyBase, COPY_HEAD, originatorOf, routeAt, ROW_WORDS, setRoute, slotBase, slotOf, SLOT_HEAD } from '../tables/originator-tables';
import type { Renumbered } from './renumber';

export function moveTables(old: MeshState, grown: MeshState, numbers: Renumbered): void {
  const { edges } = numbers;
  old.topology.names.forEach((_, router) => moveRouter(old, grown, numbers, router));
  edges.forEach((now, before) => {
    grown.tables.echoLow[now] = old.tables.echoLow[before]!;
    grown.tables.echoHigh[now] = old.tables.echoHigh[before]!;
    grown.tables.echoSum[now] = old.tables.echoSum[before]!;
    grown.tables.heardAt[now] = old.tables.heardAt[before]!;
    const router = old.topology.interfaceRouter[old.topology.edgeTo[before]!]!;
    const copies = Math.min(old.tables.copies[router]!, grown.tables.copies[router]!);
    for (let copy = 0; copy < copies; copy += 1) grown.tables.factors[grown.tables.factorBase[now]! + copy] = old.tables.factors[old.tables.factorBase[before]! + copy]!;
  });
}

function moveRouter(old: MeshState, grown: MeshState, { interfaces, edges }: Renumbered, router: number): void {
  const [from, into] = [old.tables, grown.tables];
  const [degree, degreeNow] = [from.degree[router]!, into.degree[router]!];
  const neighbours = Array.from({ length: degree }, (_, n) => grown.topology.edgeNeighbour[edges[old.topology.inEdges[old.topology.inStart[router]! + n]!]!]!);
  for (let slot = 0; slot < from.slots[router]!; slot += 1) {
    const [base, baseNow] = [slotBase(from, router, slot), slotBase(into, router, slotOf(grown.topology, router, interfaces[originatorOf(old.topology, router, slot)]!))];
    into.words[baseNow] = from.words[base]!;
    if (from.words[base + 1] !== 0) into.words[baseNow + 1] = neighbours[from.words[base + 1]! - 1]! + 1;
    neighbours.forEach((now, n) => (into.words[baseNow + SLOT_HEAD + now] = from.words[base + SLOT_HEAD + n]!));
    for (let copy = 0; copy < Math.min(from.copies[router]!, into.copies[router]!); copy += 1) {
      const [head, headNow] = [copyBase(base, degree, copy), copyBase(baseNow, degreeNow, copy)];
      for (let word = 0; word < COPY_HEAD; word += 1) into.words[headNow + word] = from.words[head + word]!;
      const route = routeAt(from.words, head);
      if (route >= 0) setRoute(into.words, headNow, neighbours[route]!);
      neighbours.forEach((now, n) => {
        for (let word = 0; word < ROW_WORDS; word += 1) into.words[headNow + COPY_HEAD + ROW_WORDS * now + word] = from.words[head + COPY_HEAD + ROW_WORDS * n + word]!;
      });
    }
  }
}
