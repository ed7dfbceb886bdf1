/**
 * The connectors of this installation and the mode each is in. The write side is handed out here only: to
 * an ApprovedPlan, for a mode that allows it, and in dry-run it is the recorder instead of the real one.
 */
import { err, ok, type Result } from '@/engine/kernel';
import type { ApprovedPlan } from '@/engine/loop';
import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database';
import { connectorModes, type ConnectorMode, type ExecutionMode } from '../database/schema';
import type { GatewayRefusal } from '../gateway/gateway-refusal';
import type { Actuator, Connector, ConnectorReader } from './connector';
import { dryRunActuator } from './dry-run/dry-run-actuator';

export type ConnectorStatus = {
  readonly connector: string;
  readonly title: string;
  readonly mode: ConnectorMode;
  readonly commands: readonly string[];
  readonly leastPrivilege: { readonly read: readonly string[]; readonly live: readonly string[] };
  readonly changedBy: string | null;
  readonly changedAtUs: number | null;
};

export type Connectors = {
  list(): Promise<ConnectorStatus[]>;
  /** The read side; refused for an unknown connector and for one that is off. */
  reader(name: string): Promise<Result<ConnectorReader, GatewayRefusal>>;
  mode(db: Database | Transaction, name: string): Promise<Result<ConnectorMode, GatewayRefusal>>;
  actuatorFor(plan: ApprovedPlan, mode: ExecutionMode): Result<Actuator, GatewayRefusal>;
};

export const STARTING_MODE: ConnectorMode = 'read';

export function connectorSet(db: Database, connectors: readonly Connector[], nowUs: () => number): Connectors {
  const find = (name: string): Result<Connector, GatewayRefusal> => {
    const found = connectors.find(({ connector }) => connector === name);
    return found === undefined ? err({ code: 'connector-unknown', connector: name }) : ok(found);
  };
  const modeRow = async (on: Database | Transaction, name: string) => (await on.select().from(connectorModes).where(eq(connectorModes.connector, name)))[0];
  const mode: Connectors['mode'] = async (on, name) => {
    const found = find(name);
    return found.ok ? ok((await modeRow(on, name))?.mode ?? STARTING_MODE) : found;
  };
  return {
    mode,
    async list() {
      const rows = await db.select().from(connectorModes);
      return connectors.map(({ connector, title, commands, leastPrivilege }) => {
        const row = rows.find((each) => each.connector === connector);
        return { connector, title, mode: row?.mode ?? STARTING_MODE, commands, leastPrivilege, changedBy: row?.changedBy ?? null, changedAtUs: row?.changedAtUs ?? null };
      });
    },
    async reader(name) {
      const [found, now] = [find(name), await mode(db, name)];
      if (!found.ok) return found;
      if (!now.ok) return now;
      if (now.value === 'off') return err({ code: 'connector-mode', connector: name, mode: 'off' });
      const { actuator: _writeSide, ...reader } = found.value;
      return ok(reader);
    },
    actuatorFor(plan, executionMode) {
      const found = find(plan.body.target.connector);
      if (!found.ok) return found;
      if (executionMode === 'dry-run') return ok(dryRunActuator(db, found.value.connector, nowUs));
      return found.value.actuator === null ? err({ code: 'connector-mode', connector: found.value.connector, mode: 'read' }) : ok(found.value.actuator);
    },
  };
}
