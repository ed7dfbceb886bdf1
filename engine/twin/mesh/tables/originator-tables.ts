/**
 * Originator tables of BATMAN_IV, all routers in one array of 32-bit words. The kernel keeps every originator
 * once for its own use (the *default* table, the one batctl shows) and once per outgoing interface (by which
 * it forwards); here these are the copies 0, 1, 2… of a slot.
 *
 * A slot: [last seen][a neighbour that is this originator + 1][last seen per neighbour…] and then, per copy,
 * [last sequence][reset at][route + 1 | last TTL << 16 | known << 24 | table known << 25][heard, or last sent on] and four words per neighbour:
 * [window low][window high][four newest TQ values][the fifth] (BATMAN_IV) or
 * [throughput in 100 kbit/s][sequence][heard][created, in copy 0] (BATMAN_V). Zero means "never".
 *
 * Slots lie router by router. In a mesh so large that its tables leave the processor's cache they lie originator by
 * originator instead, and there the routers in `nearOrder`: a packet's hearers stand near each other, and what they
 * know of one originator then fills one or two pages of memory instead of one page each.
 */
import { ringAverage } from '../batman-iv/tq-ring';
import { nearOrder } from '../medium/near-order';
import type { Topology } from '../medium/topology';

export const SLOT_HEAD = 2;
export const COPY_HEAD = 4;
/** Last word of a copy's head: the newest 32 bits of all windows together (BATMAN_IV), the last sequence number sent on (BATMAN_V). */
export const HEARD = 3;
export const FORWARDED = 3;
export const ROW_WORDS = 4;
/** First word of the ring in a row of BATMAN_IV. */
export const RING_AT = 2;
/** Routers from which on slots lie by originator, where no router hears secondary interfaces (radio). */
const LARGE_MESH = 128;

export type OriginatorTables = {
  readonly words: Int32Array;
  /** What rows hold: averages of TQ, or throughput. */
  readonly holds: 'tq' | 'throughput';
  readonly base: Int32Array; // first word of each router
  readonly slots: Int32Array; // per router
  readonly slotWords: Int32Array; // per router, from one slot to the next
  readonly copies: Int32Array;
  readonly degree: Int32Array;
  /** Per edge: window of our own OGMs that its sender was heard to repeat, and their number. */
  readonly echoLow: Int32Array;
  readonly echoHigh: Int32Array;
  readonly echoSum: Uint8Array;
  /** Per edge and copy, at `factorBase` + copy: see `linkFactor`. */
  readonly factors: Int32Array;
  readonly factorBase: Int32Array; // per edge
  /** Per edge: jiffy of the neighbour's last own OGM, 0 for never (batctl's neighbour table). */
  readonly heardAt: Int32Array;
};

/** Empty tables. `merged` keeps one copy for routers with one interface: half the memory, first seconds differ by one OGM. */
export function originatorTables(topology: Topology, holds: OriginatorTables['holds'], merged: boolean): OriginatorTables {
  const routers = topology.names.length;
  const edges = topology.edgeFrom.length;
  const table = {
    base: new Int32Array(routers),
    slots: new Int32Array(routers),
    slotWords: new Int32Array(routers),
    copies: new Int32Array(routers),
    degree: new Int32Array(routers),
    factorBase: new Int32Array(edges),
  };
  const byOriginator = routers >= LARGE_MESH && topology.secondaries.length === 0;
  let words = 0;
  let factors = 0;
  for (const r of byOriginator ? nearOrder(topology) : topology.names.keys()) {
    const interfaces = topology.interfaceStart[r + 1]! - topology.interfaceStart[r]!;
    table.degree[r] = topology.inStart[r + 1]! - topology.inStart[r]!;
    table.copies[r] = merged && interfaces === 1 ? 1 : interfaces + 1;
    table.slots[r] = routers + topology.secondaryStart[r + 1]! - topology.secondaryStart[r]!;
    table.slotWords[r] = wordsIn(table, r);
    table.base[r] = words;
    words += byOriginator ? wordsIn(table, r) : table.slots[r]! * wordsIn(table, r);
  }
  if (byOriginator) table.slotWords.fill(words);
  for (let r = 0; r < routers; r += 1)
    for (let i = topology.inStart[r]!; i < topology.inStart[r + 1]!; i += 1) {
      table.factorBase[topology.inEdges[i]!] = factors;
      factors += table.copies[r]!;
    }
  if (byOriginator) words *= routers;
  const tables = { ...table, holds, words: new Int32Array(words), echoLow: new Int32Array(edges), echoHigh: new Int32Array(edges), echoSum: new Uint8Array(edges), factors: new Int32Array(factors), heardAt: new Int32Array(edges) };
  for (let r = 0; r < routers; r += 1) clearTable(topology, tables, r);
  return tables;
}

/** Forgets everything router `r` knows. */
export function clearTable(topology: Topology, tables: OriginatorTables, r: number): void {
  for (let slot = 0; slot < tables.slots[r]!; slot += 1) tables.words.fill(0, slotBase(tables, r, slot), slotBase(tables, r, slot) + wordsIn(tables, r));
  for (let i = topology.inStart[r]!; i < topology.inStart[r + 1]!; i += 1) {
    const edge = topology.inEdges[i]!;
    clearEcho(tables, edge);
    tables.heardAt[edge] = 0;
    tables.factors.fill(0, tables.factorBase[edge]!, tables.factorBase[edge]! + tables.copies[r]!);
    const slot = slotBase(tables, r, topology.edgeSlot[edge]!);
    if (tables.words[slot + 1] === 0) tables.words[slot + 1] = topology.edgeNeighbour[edge]! + 1;
  }
}

/** Words of a slot. */
export const wordsIn = ({ degree, copies }: Pick<OriginatorTables, 'degree' | 'copies'>, router: number) => SLOT_HEAD + degree[router]! + copies[router]! * (COPY_HEAD + ROW_WORDS * degree[router]!);

export function clearEcho(tables: OriginatorTables, edge: number): void {
  tables.echoLow[edge] = 0;
  tables.echoHigh[edge] = 0;
  tables.echoSum[edge] = 0;
}

export const slotBase = (tables: OriginatorTables, router: number, slot: number) => (tables.base[router]! + slot * tables.slotWords[router]!) | 0;

/** Word of a copy's head within a slot that begins at `base`. */
export const copyBase = (base: number, degree: number, copy: number) => (base + SLOT_HEAD + degree + copy * (COPY_HEAD + ROW_WORDS * degree)) | 0;

/** Slot of an originator's address at a router; −1 when it can never be heard there. */
export function slotOf(topology: Topology, router: number, originator: number): number {
  const owner = topology.primarySlot[originator]!;
  if (owner >= 0) return owner;
  const end = topology.secondaryStart[router + 1]!;
  for (let i = topology.secondaryStart[router]!; i < end; i += 1) if (topology.secondaries[i] === originator) return topology.names.length + i - topology.secondaryStart[router]!;
  return -1;
}

/** The interface whose address a slot is. */
export function originatorOf(topology: Topology, router: number, slot: number): number {
  const routers = topology.names.length;
  return slot < routers ? topology.interfaceStart[slot]! : topology.secondaries[topology.secondaryStart[router]! + slot - routers]!;
}

/** The copy that an interface's own traffic and echoes belong to. */
export const copyOf = (topology: Topology, tables: OriginatorTables, router: number, into: number) => (tables.copies[router] === 1 ? 0 : 1 + into - topology.interfaceStart[router]!);

/** Neighbour number of the route in a copy's head, −1 for none. */
export const routeAt = (words: Int32Array, head: number) => routeIn(words[head + 2]!);
/** The same in the word that holds it, as are the last TTL and what is known. */
export const routeIn = (word: number) => (word & 0xffff) - 1;
export const ttlIn = (word: number) => (word >>> 16) & 0xff;

export function setRoute(words: Int32Array, head: number, neighbour: number): void {
  words[head + 2] = (words[head + 2]! & ~0xffff) | (neighbour + 1);
}

/** Set in a copy once an OGM of this originator was looked at with it. */
export const KNOWN = 0x1000000;
export function markKnown(words: Int32Array, head: number): void {
  words[head + 2] = words[head + 2]! | KNOWN;
}
export const isKnown = (tables: OriginatorTables, router: number, slot: number, copy: number) => (tables.words[copyBase(slot, tables.degree[router]!, copy) + 2]! & KNOWN) !== 0;

/** Set in the default copy once the originator's translation table is known: without it no frame is sent there. */
const TABLE_KNOWN = 0x2000000;
export const isTableKnown = (word: number) => (word & TABLE_KNOWN) !== 0;
export const knowsTable = (words: Int32Array, head: number) => isTableKnown(words[head + 2]!);
export function setTableKnown(words: Int32Array, head: number, known: boolean): void {
  words[head + 2] = known ? words[head + 2]! | TABLE_KNOWN : words[head + 2]! & ~TABLE_KNOWN;
}

/** What a neighbour offers: average TQ, or throughput in 100 kbit/s. */
export function metricAt(tables: OriginatorTables, head: number, neighbour: number): number {
  return tables.holds === 'tq' ? averageAt(tables.words, head, neighbour) : tables.words[head + COPY_HEAD + ROW_WORDS * neighbour]!;
}

/** Average TQ of a neighbour's row. */
export const averageAt = (words: Int32Array, head: number, neighbour: number) => ringAverage(words, head + COPY_HEAD + ROW_WORDS * neighbour + RING_AT);
