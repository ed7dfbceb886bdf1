/**
 * Forgetting (originator.c): once a second, neighbours of an originator that were silent for 200 s go, and
 * originators silent for 400 s. TQ never decays before that: a dead router keeps its last value.
 */
import type { MeshState } from '../mesh-state';
import { InterfaceStatus } from '../mesh-state';
import { Row } from '../batman-v/learn-ogm2';
import { ORIGINATOR_PURGE_MS, PURGE_MS } from '../constants';
import { jiffiesOfMs } from '../kernel-timer';
import { averageAt, clearEcho, copyBase, COPY_HEAD, HEARD, isKnown, routeAt, ROW_WORDS, setRoute, setTableKnown, slotBase, SLOT_HEAD, wordsIn } from './originator-tables';
import { updateFactor } from '../batman-iv/link-window';

const NEIGHBOUR_JIFFIES = jiffiesOfMs(PURGE_MS);
const ORIGINATOR_JIFFIES = jiffiesOfMs(ORIGINATOR_PURGE_MS);

/** Looks through a router's table; cheap while nothing can have expired. */
export function purgeTable(mesh: MeshState, router: number, now: number): void {
  const { routers, tables } = mesh;
  if (now < routers.purgeFrom[router]!) return;
  let oldest = now;
  for (let slot = 0; slot < tables.slots[router]!; slot += 1) {
    const base = slotBase(tables, router, slot);
    if (tables.words[base] === 0) continue;
    const seen = purgeSlot(mesh, router, slot, base, now);
    if (seen < oldest) oldest = seen;
  }
  routers.purgeFrom[router] = oldest + NEIGHBOUR_JIFFIES;
  purgeNeighbours(mesh, router, now);
}

/** A neighbour behind an interface that went down is none any more, and has to be heard anew when it comes up. */
function purgeNeighbours(mesh: MeshState, router: number, now: number): void {
  const { tables, topology, interfaces } = mesh;
  for (let i = topology.inStart[router]!; i < topology.inStart[router + 1]!; i += 1) {
    const edge = topology.inEdges[i]!;
    const isDown = interfaces.status[topology.edgeTo[edge]!] === InterfaceStatus.inactive;
    if (tables.heardAt[edge] === 0 || (!isDown && now <= tables.heardAt[edge]! + NEIGHBOUR_JIFFIES)) continue;
    tables.heardAt[edge] = 0;
    forgetThroughput(mesh, edge);
  }
}

function forgetThroughput(mesh: MeshState, edge: number): void {
  mesh.v.isNeighbour[edge] = 0;
  mesh.v.average[edge] = 0;
}

/** Returns when the oldest thing left in the slot was last seen. */
function purgeSlot(mesh: MeshState, router: number, slot: number, base: number, now: number): number {
  const { tables, topology } = mesh;
  const { words } = tables;
  const degree = tables.degree[router]!;
  if (now > words[base]! + ORIGINATOR_JIFFIES) {
    forgetSlot(mesh, router, slot, base);
    return now;
  }
  let oldest = words[base]!;
  let changed = forgetInactiveCopies(mesh, router, slot, base);
  for (let n = 0; n < degree; n += 1) {
    const seen = words[base + SLOT_HEAD + n]!;
    if (seen === 0) continue;
    const edge = topology.inEdges[topology.inStart[router]! + n]!;
    if (now > seen + NEIGHBOUR_JIFFIES || mesh.interfaces.status[topology.edgeTo[edge]!] === InterfaceStatus.inactive) {
      forgetNeighbour(mesh, router, slot, base, n);
      changed = true;
    } else if (seen < oldest) oldest = seen;
  }
  if (changed) for (let copy = 0; copy < tables.copies[router]!; copy += 1) chooseBest(mesh, router, base, copy);
  return oldest;
}

function forgetSlot(mesh: MeshState, router: number, slot: number, base: number): void {
  const { tables } = mesh;
  for (let n = 0; n < tables.degree[router]!; n += 1) forgetNeighbour(mesh, router, slot, base, n);
  const neighbour = tables.words[base + 1]!;
  tables.words.fill(0, base, base + wordsIn(tables, router));
  tables.words[base + 1] = neighbour;
  if (neighbour > 0) forEachLinkOf(mesh, router, slot, (edge) => clearEcho(tables, edge));
}

/** Tables of interfaces that are down do not outlive the next look. */
function forgetInactiveCopies(mesh: MeshState, router: number, slot: number, base: number): boolean {
  const { tables, topology, interfaces } = mesh;
  const degree = tables.degree[router]!;
  let changed = false;
  for (let copy = 1; copy < tables.copies[router]!; copy += 1) {
    const out = topology.interfaceStart[router]! + copy - 1;
    const head = copyBase(base, degree, copy);
    if (interfaces.status[out] !== InterfaceStatus.inactive || !isKnown(tables, router, base, copy)) continue;
    tables.words.fill(0, head, head + COPY_HEAD + ROW_WORDS * degree);
    changed = true;
    forEachLinkOf(mesh, router, slot, (edge) => {
      if (topology.edgeTo[edge] === out) clearEcho(tables, edge);
      updateFactor(mesh, router, edge, copy);
    });
  }
  return changed;
}

function forgetNeighbour(mesh: MeshState, router: number, slot: number, base: number, n: number): void {
  const { tables, topology } = mesh;
  const { words } = tables;
  const degree = tables.degree[router]!;
  words[base + SLOT_HEAD + n] = 0;
  const edge = topology.inEdges[topology.inStart[router]! + n]!;
  for (let copy = 0; copy < tables.copies[router]!; copy += 1) {
    const head = copyBase(base, degree, copy);
    words.fill(0, head + COPY_HEAD + ROW_WORDS * n, head + COPY_HEAD + ROW_WORDS * (n + 1));
    if (routeAt(words, head) === n) setRoute(words, head, -1);
    if (tables.holds === 'tq') words[head + HEARD] = windowsTogether(words, head, degree);
    if (topology.edgeSlot[edge] === slot) updateFactor(mesh, router, edge, copy);
  }
}

function windowsTogether(words: Int32Array, head: number, degree: number): number {
  let all = 0;
  for (let n = 0; n < degree; n += 1) all |= words[head + COPY_HEAD + ROW_WORDS * n]!;
  return all;
}

function highestAverage({ tables }: MeshState, base: number, head: number, degree: number): number {
  let best = -1;
  for (let n = degree - 1; n >= 0; n -= 1) {
    if (tables.words[base + SLOT_HEAD + n] === 0) continue;
    if (best < 0 || averageAt(tables.words, head, n) > averageAt(tables.words, head, best)) best = n;
  }
  return best;
}

/** BATMAN_V: the youngest candidate, unless an older one has more throughput *and* this table has heard both. */
function firstOrFaster({ tables }: MeshState, base: number, head: number, degree: number): number {
  const { words } = tables;
  const row = (of: number, n: number) => of + COPY_HEAD + ROW_WORDS * n;
  const own = copyBase(base, degree, 0);
  const candidates = Array.from({ length: degree }, (_, n) => n).filter((n) => words[base + SLOT_HEAD + n] !== 0);
  candidates.sort((x, y) => words[row(own, y) + Row.created]! - words[row(own, x) + Row.created]! || y - x);
  let best = candidates[0] ?? -1;
  for (const n of candidates.slice(1)) {
    const comparable = words[row(head, n) + Row.heard] !== 0 && words[row(head, best) + Row.heard] !== 0;
    if (comparable && words[row(head, n) + Row.throughput]! > words[row(head, best) + Row.throughput]!) best = n;
  }
  return best;
}

/** The route after neighbours were forgotten (find_best_neighbor). */
function chooseBest(mesh: MeshState, router: number, base: number, copy: number): void {
  const { tables } = mesh;
  const { words } = tables;
  const degree = tables.degree[router]!;
  const head = copyBase(base, degree, copy);
  const best = tables.holds === 'tq' ? highestAverage(mesh, base, head, degree) : firstOrFaster(mesh, base, head, degree);
  const route = routeAt(words, head);
  if (route === best) return;
  setRoute(words, head, best);
  if (best < 0) setTableKnown(words, head, false);
  if (copy === 0 && route >= 0 && best >= 0) mesh.counters.routeSwitches[router] = mesh.counters.routeSwitches[router]! + 1;
}

function forEachLinkOf(mesh: MeshState, router: number, slot: number, visit: (edge: number) => void): void {
  const { topology } = mesh;
  for (let i = topology.inStart[router]!; i < topology.inStart[router + 1]!; i += 1) {
    const edge = topology.inEdges[i]!;
    if (topology.edgeSlot[edge] === slot) visit(edge);
  }
}
