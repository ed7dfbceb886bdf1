/** A sequence number enters the windows of all neighbours of its originator (bat_iv_ogm.c, update_seqnos). */
import { RESET_PROTECTION_MS, WINDOW } from '../constants';
import type { HeardOgm } from '../medium/heard-ogm';
import { jiffiesOfMs } from '../kernel-timer';
import { updateFactor } from './link-window';
import type { MeshState } from '../mesh-state';
import { COPY_HEAD, HEARD, markKnown, ROW_WORDS, SLOT_HEAD } from '../tables/originator-tables';
import { isMarked, isReset, markAge, moveWindow } from './sequence-window';

export const Duplicate = { none: 0, byNeighbour: 1, byOther: 2, protected: 3 } as const;
const PROTECTION_JIFFIES = jiffiesOfMs(RESET_PROTECTION_MS);

/** Returns whether it was heard before, and from whom. The first OGM ever finds no neighbour to note it for, as in the kernel. */
export function noteInWindows(mesh: MeshState, ogm: HeardOgm, base: number, head: number, copy: number): number {
  const { words } = mesh.tables;
  markKnown(words, head);
  const diff = (ogm.sequence - words[head]!) | 0;
  let found: number = Duplicate.none;
  if (isReset(diff, WINDOW)) {
    if (!hasNeighbour(words, base, ogm.degree)) return Duplicate.none;
    if (words[head + 1] !== 0 && ogm.now <= words[head + 1]! + PROTECTION_JIFFIES) return Duplicate.protected;
    words[head + 1] = ogm.now;
    if (moveWindows(words, ogm, base, head, diff)) words[head] = ogm.sequence;
  } else if (diff > 0) {
    if (moveWindows(words, ogm, base, head, diff)) words[head] = ogm.sequence;
  } else found = lookUp(words, ogm, base, head, -diff);
  if (words[base + 1] !== 0) recountLinks(mesh, ogm.router, base, copy);
  return found;
}

function hasNeighbour(words: Int32Array, base: number, degree: number): boolean {
  for (let n = 0; n < degree; n += 1) if (words[base + SLOT_HEAD + n] !== 0) return true;
  return false;
}

/** Nobody heard it before; false when there is no neighbour whose window could move. */
function moveWindows(words: Int32Array, { degree, neighbour }: HeardOgm, base: number, head: number, diff: number): boolean {
  const marked = words[base + SLOT_HEAD + neighbour] === 0 ? 0 : 1;
  if (marked === 0 && !hasNeighbour(words, base, degree)) return false;
  const rows = head + COPY_HEAD;
  for (let n = 0; n < degree; n += 1) moveWindow(words, rows + ROW_WORDS * n, diff); // empty ones stay empty
  words[rows + ROW_WORDS * neighbour] = words[rows + ROW_WORDS * neighbour]! | marked;
  words[head + HEARD] = (diff > 0 && diff < 32 ? words[head + HEARD]! << diff : 0) | marked;
  return true;
}

function lookUp(words: Int32Array, ogm: HeardOgm, base: number, head: number, age: number): number {
  if (age >= 32) return searchRows(words, ogm, base, head, age);
  const bit = 1 << age;
  const heard = (words[head + HEARD]! & bit) !== 0;
  if (words[base + SLOT_HEAD + ogm.neighbour] === 0) return heard ? Duplicate.byOther : Duplicate.none;
  const row = head + COPY_HEAD + ROW_WORDS * ogm.neighbour;
  const before = words[row]!;
  words[row] = before | bit;
  words[head + HEARD] = words[head + HEARD]! | bit;
  return (before & bit) !== 0 ? Duplicate.byNeighbour : heard ? Duplicate.byOther : Duplicate.none;
}

/** So old that only the windows themselves know. */
function searchRows(words: Int32Array, { degree, neighbour }: HeardOgm, base: number, head: number, age: number): number {
  let found: number = Duplicate.none;
  let row = head + COPY_HEAD;
  for (let n = 0; n < degree; n += 1, row += ROW_WORDS) {
    if (words[base + SLOT_HEAD + n] === 0) continue;
    if (isMarked(words, row, age)) found = n === neighbour ? Duplicate.byNeighbour : found === Duplicate.none ? Duplicate.byOther : found;
    if (n === neighbour) markAge(words, row, age);
  }
  return found;
}

/** This originator is a neighbour: its windows are what its links are judged by. */
export function recountLinks(mesh: MeshState, router: number, base: number, copy: number): void {
  const { inEdges, inStart, edgeSlot } = mesh.topology;
  const first = inStart[router]! + mesh.tables.words[base + 1]! - 1;
  const end = inStart[router + 1]!;
  const slot = edgeSlot[inEdges[first]!]!;
  for (let i = first; i < end; i += 1) if (edgeSlot[inEdges[i]!] === slot) updateFactor(mesh, router, inEdges[i]!, copy);
}
