/**
 * Tables that batctl prints, as JSON (`originators_json`) or as text (`batctl o`), one per router. A table's rows whose
 * next hop is the originator itself are that router's links; a mesh needs the tables of its routers.
 */
import { lossFromTq } from './loss-from-tq';
import { addLink, addRouter, drop, finishDraft, meshDraft, type ImportedMesh } from './imported-mesh';

export type BatctlTable = { readonly router: string; readonly rows: readonly BatctlRow[]; readonly dropped: number };
/** `tq` 0..255, or null in BATMAN_V tables, which give kbit/s. */
export type BatctlRow = { readonly originator: string; readonly nextHop: string; readonly tq: number | null; readonly kbit: number | null; readonly lastSeenMs: number; readonly best: boolean };

const TEXT_ROW = /^\s*(\*?)\s*(\S+)\s+([\d.]+)s\s+\(\s*([\d.]+)\)\s+(\S+)\s*\[/;

/** Reads one router's table; rows that are none are counted. */
export function readBatctlTable(router: string, content: string): BatctlTable {
  const trimmed = content.trim();
  const read = /^\[\s*[\]{]|^\{/.test(trimmed) ? jsonRows(trimmed) : textRows(trimmed);
  return { router, rows: read.filter((row) => row !== null), dropped: read.filter((row) => row === null).length };
}

function jsonRows(content: string): (BatctlRow | null)[] {
  let document: unknown;
  try {
    document = JSON.parse(content);
  } catch {
    return [null];
  }
  return (Array.isArray(document) ? document : [document]).map((item: unknown): BatctlRow | null => {
    if (typeof item !== 'object' || item === null) return null;
    const row = Object.fromEntries(Object.entries(item));
    const { orig_address: originator, neigh_address: nextHop, tq, throughput, last_seen_msecs: lastSeenMs } = row;
    if (typeof originator !== 'string' || typeof nextHop !== 'string') return null;
    return { originator, nextHop, tq: typeof tq === 'number' ? tq : null, kbit: typeof throughput === 'number' ? throughput : null, lastSeenMs: typeof lastSeenMs === 'number' ? lastSeenMs : 0, best: row.best === true };
  });
}

/** `* originator  0.340s   (255) nexthop [  mesh0]`; headings and empty lines are no rows. */
function textRows(content: string): (BatctlRow | null)[] {
  return content
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\[B\.A\.T\.M\.A\.N|^\s*Originator\s/.test(line))
    .map((line): BatctlRow | null => {
      const match = TEXT_ROW.exec(line);
      if (match === null) return null;
      const [, star, originator, seconds, metric, nextHop] = match;
      const isTq = !metric!.includes('.');
      return { originator: originator!, nextHop: nextHop!, tq: isTq ? Number(metric) : null, kbit: isTq ? null : Math.round(Number(metric) * 1_000), lastSeenMs: Math.round(Number(seconds) * 1_000), best: star === '*' };
    });
}

/** The mesh of several routers' tables. Addresses that no table belongs to become routers of their own. */
export function meshFromTables(tables: readonly BatctlTable[]): ImportedMesh {
  const draft = meshDraft();
  for (const { router, dropped } of tables) {
    addRouter(draft, router, { name: router });
    if (dropped > 0) drop(draft, 'rows that are not table rows', dropped);
  }
  const direct = new Map(tables.map(({ router, rows }) => [router, rows.filter((row) => row.originator === row.nextHop)]));
  for (const [, rows] of direct) for (const { originator } of rows) if (!draft.routers.has(originator)) addRouter(draft, originator, { name: originator });
  let isV = false;
  for (const [router, rows] of direct)
    for (const { originator, tq, kbit } of rows) {
      const back = direct.get(originator)?.find((row) => row.originator === router);
      if (back !== undefined && originator < router) continue; // told by the other end
      isV ||= kbit !== null;
      const [lossPercent, lossPercentBack] = tq === null ? [0, 0] : lossFromTq(tq / 255, (back?.tq ?? tq) / 255);
      addLink(draft, router, originator, kbit === null ? { lossPercent, lossPercentBack } : { throughputMbps: kbit / 1_000, throughputMbpsBack: (back?.kbit ?? kbit) / 1_000 });
    }
  return finishDraft(draft, 'batctl', isV ? { algorithm: 'BATMAN_V' } : {});
}
