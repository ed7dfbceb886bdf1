/**
 * Runs executions in the background of the requests that started them. One that ends in an exception (the
 * database went away) halts where it is: nothing is sent without an INTENT. `resume` picks it up again
 * from its rows.
 */
import { inArray } from 'drizzle-orm';
import { reasonOf } from '../../database/database';
import { plans } from '../../database/schema';
import { gatewayTransaction } from '../gateway-transaction';
import { IN_FLIGHT } from '../plan-state';
import type { GatewayPorts } from '../ports';
import { latestExecution } from './abort-plan';
import { runExecution } from './run-execution';
import { takeOver } from './take-over';

export type Executor = {
  start(serial: number): void;
  /** Takes the executions over that an earlier process left. Once, at the start. */
  recover(): Promise<void>;
  /** Goes on with executions of this process that were halted. */
  resume(): Promise<void>;
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
};

export function createExecutor(ports: GatewayPorts, onHalt: (serial: number, why: string) => void): Executor {
  const running = new Map<number, Promise<void>>();
  function start(serial: number) {
    if (running.has(serial)) return;
    const run = runExecution(ports, serial)
      .catch((error: unknown) => onHalt(serial, reasonOf(error)))
      .finally(() => running.delete(serial));
    running.set(serial, run);
  }
  return {
    start,
    async recover() {
      (await takeOver(ports)).forEach(start);
    },
    async resume() {
      const open = await gatewayTransaction(ports, async ({ tx }) => {
        const active = await tx.select({ id: plans.id }).from(plans).where(inArray(plans.state, [...IN_FLIGHT]));
        const serials: number[] = [];
        for (const { id } of active) serials.push(...[(await latestExecution(tx, id)) ?? []].flat());
        return serials;
      });
      open.forEach(start);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
