/**
 * Clients behind routers, as batman-adv's translation table announces them. A router's table has a version; an OGM
 * carries it, and for three OGMs also what changed. Whoever missed that asks for the whole table.
 */
import type { MeshState } from '../mesh-state';

/** One change of one router's table. `version` 0: not announced yet. */
export type TableChange = { readonly client: number; readonly router: number; readonly added: boolean; version: number; /** First own OGM that carries it. */ sequence: number };

export type Clients = {
  readonly names: string[];
  /** Router each client is at, −1 for none. */
  readonly at: number[];
  /** Per client: changes in order of time. */
  readonly changes: TableChange[][];
  /** Per router: version of its table, and whether changes wait for its next OGM. */
  readonly version: Int32Array;
  readonly waiting: Uint8Array;
  /** `viewer · routers + owner` → version the viewer knows; empty while there are no clients. */
  known: Int32Array;
  /** The same → when an unanswered request was sent, in µs; 0 for none. */
  askedUs: Float64Array;
  /** `router|client` → where the client told this router it had gone. */
  readonly movedTo: Map<string, number>;
};

export const noClients = (routers: number): Clients => ({ names: [], at: [], changes: [], version: new Int32Array(routers), waiting: new Uint8Array(routers), known: new Int32Array(0), askedUs: new Float64Array(0), movedTo: new Map() });

/** Whether `owner`'s table of some version lists the client. */
export function listsClient({ clients }: MeshState, owner: number, client: number, version: number): boolean {
  const last = clients.changes[client]!.findLast((change) => change.router === owner && change.version > 0 && change.version <= version);
  return last !== undefined && last.added;
}

export const knownVersion = ({ clients, topology }: MeshState, viewer: number, owner: number) => (viewer === owner ? clients.version[owner]! : clients.known[viewer * topology.names.length + owner]!);
