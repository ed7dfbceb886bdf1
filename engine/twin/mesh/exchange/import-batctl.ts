/**
 * Tables that batctl prints, one or more per router. Rows of the originator table whose next hop is the originator
 * itself are that router's links; neighbours add links without a quality, gateways say who has an uplink. A mesh needs
 * the tables of its routers.
 */
import { isHeading, jsonRow, ownAddress, textRow, type BatctlRow } from './batctl-rows';
import { lossFromTq } from './loss-from-tq';
import { addLink, addRouter, drop, finishDraft, meshDraft, type ImportedMesh, type MeshDraft } from './imported-mesh';

export type BatctlTable = { readonly router: string; /** Its address, where the table says so. */ readonly address: string | null; readonly rows: readonly BatctlRow[]; readonly dropped: number };

/** Reads one router's table; rows that are none are counted. */
export function readBatctlTable(router: string, content: string): BatctlTable {
  const trimmed = content.trim();
  const read = /^\[\s*[\]{]|^\{/.test(trimmed) ? jsonRows(trimmed) : trimmed.split('\n').filter((line) => line.trim() !== '' && !isHeading(line)).map(textRow);
  return { router, address: ownAddress(trimmed), rows: read.filter((row) => row !== null), dropped: read.filter((row) => row === null).length };
}

function jsonRows(content: string): (BatctlRow | null)[] {
  let document: unknown;
  try {
    document = JSON.parse(content);
  } catch {
    return [null];
  }
  return (Array.isArray(document) ? document : [document]).map(jsonRow);
}

type Direct = { readonly name: string; readonly tq: number | null; readonly kbit: number | null };

/** The mesh of several routers' tables. Addresses that no table belongs to become routers of their own. */
export function meshFromTables(tables: readonly BatctlTable[]): ImportedMesh {
  const draft = meshDraft();
  const nameOf = aliases(tables);
  for (const { router, dropped } of tables) {
    if (!draft.routers.has(router)) addRouter(draft, router, { name: router });
    if (dropped > 0) drop(draft, 'rows that are not table rows', dropped);
  }
  const direct = directLinks(tables, nameOf);
  for (const links of direct.values()) for (const { name } of links.values()) if (!draft.routers.has(name)) addRouter(draft, name, { name });
  markGateways(draft, tables, nameOf);
  let isV = false;
  for (const [router, links] of direct)
    for (const { name, tq, kbit } of links.values()) {
      const back = direct.get(name)?.get(router);
      if (back !== undefined && name < router) continue; // told by the other end
      isV ||= kbit !== null;
      addLink(draft, router, name, quality(tq, kbit, back));
    }
  const clients = new Set(tables.flatMap(({ rows }) => rows.flatMap((row) => (row.table === 'clients' ? [row.client] : []))));
  return finishDraft(draft, 'batctl', isV ? { algorithm: 'BATMAN_V' } : {}, clients.size);
}

/** A router's own address, and the addresses of its further interfaces as far as tables name them, stand for its name. */
function aliases(tables: readonly BatctlTable[]): (address: string) => string {
  const names = new Map(tables.flatMap(({ router, address }) => (address === null ? [] : [[address.toLowerCase(), router] as const])));
  return (address) => names.get(address.toLowerCase()) ?? address;
}

function directLinks(tables: readonly BatctlTable[], nameOf: (address: string) => string): Map<string, Map<string, Direct>> {
  const direct = new Map<string, Map<string, Direct>>();
  for (const { router, rows } of tables) {
    const links = direct.get(router) ?? new Map<string, Direct>();
    direct.set(router, links);
    for (const row of rows) {
      if (row.table === 'originators' && row.originator === row.nextHop) links.set(nameOf(row.originator), { name: nameOf(row.originator), tq: row.tq, kbit: row.kbit });
      if (row.table === 'neighbors' && !links.has(nameOf(row.neighbor))) links.set(nameOf(row.neighbor), { name: nameOf(row.neighbor), tq: null, kbit: row.kbit });
    }
  }
  return direct;
}

function quality(tq: number | null, kbit: number | null, back: Direct | undefined) {
  if (kbit !== null) return { throughputMbps: kbit / 1_000, throughputMbpsBack: (back?.kbit ?? kbit) / 1_000 };
  const [out, home] = [tq ?? back?.tq ?? null, back?.tq ?? tq];
  if (out === null || home === null) return {};
  const [lossPercent, lossPercentBack] = lossFromTq(out / 255, home / 255);
  return { lossPercent, lossPercentBack };
}

function markGateways({ routers }: MeshDraft, tables: readonly BatctlTable[], nameOf: (address: string) => string): void {
  for (const { rows } of tables)
    for (const row of rows) {
      const known = row.table === 'gateways' ? routers.get(nameOf(row.gateway)) : undefined;
      if (row.table === 'gateways' && known !== undefined) routers.set(nameOf(row.gateway), { ...known, gateway: true, ...(row.downKbit > 0 ? { gatewayDownMbps: row.downKbit / 1_000 } : {}) });
    }
}
