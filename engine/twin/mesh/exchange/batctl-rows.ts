/**
 * Rows of the tables that batctl prints, as text (`batctl o n gwl tl tg`) or JSON (`batctl oj nj gwj tlj tgj`, also
 * `… -J`): field names of the netlink attributes. What a row is, its shape says; a row that is none comes back as null.
 */
export type BatctlRow =
  | { readonly table: 'originators'; readonly originator: string; readonly nextHop: string; /** 0..255, null in BATMAN_V. */ readonly tq: number | null; readonly kbit: number | null; readonly lastSeenMs: number; readonly best: boolean }
  | { readonly table: 'neighbors'; readonly neighbor: string; readonly kbit: number | null; readonly lastSeenMs: number }
  | { readonly table: 'gateways'; readonly gateway: string; readonly nextHop: string; readonly tq: number | null; readonly downKbit: number; readonly upKbit: number; readonly best: boolean }
  | { readonly table: 'clients'; readonly client: string; /** Null in a local table. */ readonly originator: string | null };

const NAME = String.raw`(\S+)`;
const ORIGINATOR = new RegExp(String.raw`^\s*(\*?)\s*${NAME}\s+([\d.]+)s\s+\(\s*([\d.]+)\)\s+${NAME}\s*\[`);
const NEIGHBOR_IV = new RegExp(String.raw`^\s*(\S+)\s+${NAME}\s+([\d.]+)s\s*$`);
const NEIGHBOR_V = new RegExp(String.raw`^\s*${NAME}\s+([\d.]+)s\s+\(\s*([\d.]+)\)\s*\[`);
const GATEWAY = new RegExp(String.raw`^\s*(\*|=>)?\s*${NAME}\s+\(\s*([\d.]+)\)\s+${NAME}\s*\[[^\]]*\]:\s*([\d.]+)\/([\d.]+)\s*M[Bb]it`);
const CLIENT_GLOBAL = new RegExp(String.raw`^\s*\*?\s*${NAME}\s+(-?\d+)\s+\[[^\]]*\]\s+\(\s*\d+\)\s+${NAME}\s+\(`);
const CLIENT_LOCAL = new RegExp(String.raw`^\s*${NAME}\s+(-?\d+)\s+\[[^\]]*\]\s+[\d.]*\s*\(?0x`);
const HEADING = /^\[B\.A\.T\.M\.A\.N|^\s*(Originator|Router|Client|IF|Neighbor)\s/;

export const isHeading = (line: string) => HEADING.test(line);
/** The address of the router that printed the table, from its first line; null when it does not say. */
export const ownAddress = (content: string): string | null => /^\[B\.A\.T\.M\.A\.N[^\]]*MainIF\/MAC:\s*[^/\s]+\/([0-9A-Fa-f:]{17})/m.exec(content)?.[1] ?? null;

const isWhole = (metric: string) => !metric.includes('.');
const kbitOf = (mbit: string) => Math.round(Number(mbit) * 1_000);
const msOf = (seconds: string) => Math.round(Number(seconds) * 1_000);

export function textRow(line: string): BatctlRow | null {
  const originator = ORIGINATOR.exec(line);
  if (originator !== null) {
    const [, star, name, seconds, metric, nextHop] = originator;
    return { table: 'originators', originator: name!, nextHop: nextHop!, tq: isWhole(metric!) ? Number(metric) : null, kbit: isWhole(metric!) ? null : kbitOf(metric!), lastSeenMs: msOf(seconds!), best: star === '*' };
  }
  const gateway = GATEWAY.exec(line);
  if (gateway !== null) {
    const [, star, name, metric, nextHop, down, up] = gateway;
    return { table: 'gateways', gateway: name!, nextHop: nextHop!, tq: isWhole(metric!) ? Number(metric) : null, downKbit: kbitOf(down!), upKbit: kbitOf(up!), best: star !== undefined };
  }
  const neighborV = NEIGHBOR_V.exec(line);
  if (neighborV !== null) return { table: 'neighbors', neighbor: neighborV[1]!, kbit: kbitOf(neighborV[3]!), lastSeenMs: msOf(neighborV[2]!) };
  const neighborIv = NEIGHBOR_IV.exec(line);
  if (neighborIv !== null) return { table: 'neighbors', neighbor: neighborIv[2]!, kbit: null, lastSeenMs: msOf(neighborIv[3]!) };
  const global = CLIENT_GLOBAL.exec(line);
  if (global !== null) return { table: 'clients', client: global[1]!, originator: global[3]! };
  const local = CLIENT_LOCAL.exec(line);
  return local === null ? null : { table: 'clients', client: local[1]!, originator: null };
}

type Fields = Readonly<Record<string, unknown>>;
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);

export function jsonRow(item: unknown): BatctlRow | null {
  if (typeof item !== 'object' || item === null) return null;
  const row: Fields = Object.fromEntries(Object.entries(item));
  const [originator, neighbor, client] = [text(row.orig_address), text(row.neigh_address), text(row.tt_address)];
  const lastSeenMs = number(row.last_seen_msecs) ?? 0;
  const tq = number(row.tq);
  const kbit = number(row.throughput);
  if (client !== null) return { table: 'clients', client, originator };
  const down = number(row.bandwidth_down);
  if (down !== null && originator !== null) return { table: 'gateways', gateway: originator, nextHop: text(row.router) ?? originator, tq, downKbit: down * 100, upKbit: (number(row.bandwidth_up) ?? 0) * 100, best: row.best === true };
  if (originator !== null && neighbor !== null) return { table: 'originators', originator, nextHop: neighbor, tq, kbit, lastSeenMs, best: row.best === true };
  return neighbor === null ? null : { table: 'neighbors', neighbor, kbit, lastSeenMs };
}
