/**
 * Where every node of a cluster is drawn, on a lattice of equal cells: zones side by side, in each zone its pools one
 * below the other, in each pool its nodes in rows in the order of their names. It depends on names and on the shape of
 * the room alone. A node keeps its cell for good: one that goes leaves it empty and finds it again when it comes back,
 * a new one takes a cell nobody had, and what finds no room opens a further block at the right edge. So nothing moves.
 */
export type LaidNode = { readonly name: string; readonly zone: string; readonly pool: string };
export type Rect = { readonly column: number; readonly row: number; readonly columns: number; readonly rows: number };
export type Block = Rect & { readonly zone: string; readonly pool: string; readonly capacity: number };
export type ZoneArea = Rect & { readonly zone: string };

export type ClusterLayout = {
  readonly columns: number;
  readonly rows: number;
  /** Rows kept above each zone and each pool for its name. */
  readonly headRows: number;
  readonly zones: readonly ZoneArea[];
  readonly blocks: readonly Block[];
  /** Name → [block, slot in it]; also of nodes that are gone. */
  readonly homes: ReadonlyMap<string, readonly [block: number, slot: number]>;
};

/** Height of a heading for each cell of the lattice's width, so that words are readable when all is in view; tall rooms are narrow ones. */
const headShare = (aspect: number) => (aspect < 1 ? 1 / 22 : 1 / 44);
/** Room a pool keeps for nodes that may come. */
const ROOM_TO_GROW = 1.08;
const collator = new Intl.Collator('en', { numeric: true });
const inOrder = (x: string, y: string) => collator.compare(x, y) || (x < y ? -1 : x > y ? 1 : 0);

/** `aspect` is width over height of the room; it counts for a first layout only. */
export function layOutCluster(nodes: readonly LaidNode[], aspect: number, before: ClusterLayout | null): ClusterLayout {
  const groups = groupNodes(nodes.filter(({ name }) => before?.homes.has(name) !== true));
  if (before === null) return firstLayout(groups, aspect);
  return groups.size === 0 ? before : addNodes(before, groups);
}

type Groups = ReadonlyMap<string, ReadonlyMap<string, string[]>>;

function groupNodes(nodes: readonly LaidNode[]): Groups {
  const groups = new Map<string, Map<string, string[]>>();
  for (const { name, zone, pool } of nodes) {
    const pools = groups.get(zone) ?? new Map<string, string[]>();
    const names = pools.get(pool) ?? [];
    names.push(name);
    pools.set(pool, names);
    groups.set(zone, pools);
  }
  for (const pools of groups.values()) for (const names of pools.values()) names.sort(inOrder);
  return new Map([...groups].sort(([x], [y]) => inOrder(x, y)).map(([zone, pools]) => [zone, new Map([...pools].sort(([x], [y]) => inOrder(x, y)))]));
}

const capacityOf = (count: number, columns: number) => Math.ceil((count * ROOM_TO_GROW) / columns) * columns;

/** Equal for a pool's blocks in all zones, so that pools stand in line. */
function capacityByPool(groups: Groups, columns: number): ReadonlyMap<string, number> {
  const capacities = new Map<string, number>();
  for (const pools of groups.values()) for (const [pool, names] of pools) capacities.set(pool, Math.max(capacities.get(pool) ?? 0, capacityOf(names.length, columns)));
  return capacities;
}

function firstLayout(groups: Groups, aspect: number): ClusterLayout {
  const total = [...groups.values()].reduce((sum, pools) => sum + [...pools.values()].reduce((all, names) => all + names.length, 0), 0);
  const tries = Array.from({ length: Math.max(1, groups.size) }, (_, i) => place(groups, Math.max(2, Math.round(Math.sqrt((total + 1) * aspect * 1.2) / (i + 1))), i + 1, aspect));
  const off = ({ columns, rows }: ClusterLayout) => Math.max(columns / rows / aspect, (aspect * rows) / columns) * columns * rows;
  return tries.reduce((best, each) => (off(each) < off(best) ? each : best));
}

/** Zones of `zoneColumns` cells, `across` of them beside each other. */
function place(groups: Groups, zoneColumns: number, across: number, aspect: number): ClusterLayout {
  const headRows = Math.max(1, Math.round(zoneColumns * across * headShare(aspect)));
  const gap = Math.max(1, Math.round((zoneColumns * across) / 44));
  const zones: ZoneArea[] = [];
  const blocks: Block[] = [];
  const homes = new Map<string, readonly [number, number]>();
  const capacities = capacityByPool(groups, zoneColumns);
  let top = 0;
  let lowest = 0;
  [...groups].forEach(([zone, pools], i) => {
    if (i % across === 0) top = i === 0 ? 0 : lowest + gap;
    const column = (i % across) * (zoneColumns + gap);
    let row = top + headRows;
    for (const [pool, names] of pools) {
      const capacity = capacities.get(pool)!;
      row += headRows;
      names.forEach((name, slot) => homes.set(name, [blocks.length, slot]));
      blocks.push({ zone, pool, column, row, columns: zoneColumns, rows: capacity / zoneColumns, capacity });
      row += capacity / zoneColumns;
    }
    zones.push({ zone, column, row: top, columns: zoneColumns, rows: row - top });
    lowest = Math.max(lowest, row);
  });
  return { columns: Math.max(1, Math.min(across, groups.size) * (zoneColumns + gap) - gap), rows: Math.max(1, lowest), headRows, zones, blocks, homes };
}

function addNodes(before: ClusterLayout, groups: Groups): ClusterLayout {
  const homes = new Map(before.homes);
  const zones = [...before.zones];
  const blocks = [...before.blocks];
  const used = blocks.map(() => 0);
  for (const [block, slot] of homes.values()) used[block] = Math.max(used[block]!, slot + 1);
  let right = before.columns;
  for (const [zone, pools] of groups)
    for (const [pool, names] of pools) {
      const waiting = [...names];
      blocks.forEach((block, at) => {
        if (block.zone !== zone || block.pool !== pool) return;
        while (waiting.length > 0 && used[at]! < block.capacity) {
          homes.set(waiting.shift()!, [at, used[at]!]);
          used[at] = used[at]! + 1;
        }
      });
      if (waiting.length === 0) continue;
      const block = furtherBlock(before, right, zone, pool, waiting.length);
      waiting.forEach((name, slot) => homes.set(name, [blocks.length, slot]));
      used.push(waiting.length);
      blocks.push(block);
      zones.push({ zone, column: block.column, row: 0, columns: block.columns, rows: block.row + block.rows });
      right = block.column + block.columns;
    }
  return { ...before, columns: right, rows: Math.max(before.rows, ...blocks.map(({ row, rows }) => row + rows)), zones, blocks, homes };
}

function furtherBlock({ rows, headRows }: ClusterLayout, right: number, zone: string, pool: string, count: number): Block {
  const high = Math.max(1, rows - 2 * headRows);
  const columns = Math.max(4, Math.ceil((count * ROOM_TO_GROW) / high));
  const capacity = capacityOf(count, columns);
  return { zone, pool, column: right + headRows, row: 2 * headRows, columns, rows: capacity / columns, capacity };
}

export type Cell = { readonly column: number; readonly row: number };

export function cellOf({ blocks, homes }: ClusterLayout, name: string): Cell | null {
  const home = homes.get(name);
  if (home === undefined) return null;
  const block = blocks[home[0]]!;
  return { column: block.column + (home[1] % block.columns), row: block.row + Math.floor(home[1] / block.columns) };
}
