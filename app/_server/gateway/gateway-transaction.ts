/**
 * Every move of the gateway is one of these: a transaction that first locks the control row. So moves and
 * audit leaves have one order in the whole installation, also when two servers share a Postgres, and the
 * fence that a transaction read is still the fence when it commits. Events go out after the commit only.
 */
import type { Transaction } from '../database/database';
import { control } from '../database/schema';
import type { GatewayEvent, GatewayPorts } from './ports';

export type ControlRow = typeof control.$inferSelect;
export type Move = { readonly tx: Transaction; readonly control: ControlRow; readonly nowUs: number; readonly emit: (event: GatewayEvent) => void };

/** Check first, write after: a refusal that is returned (not thrown) commits whatever was written before it. */
export async function gatewayTransaction<T>(ports: GatewayPorts, body: (move: Move) => Promise<T>): Promise<T> {
  const events: GatewayEvent[] = [];
  const result = await ports.db.transaction(async (tx) => {
    const [row] = await tx.select().from(control).for('update');
    if (row === undefined) throw new Error('the control row is missing: the migrations did not run');
    return body({ tx, control: row, nowUs: ports.clock.nowUs(), emit: (event) => events.push(event) });
  });
  events.forEach(ports.publish);
  return result;
}
