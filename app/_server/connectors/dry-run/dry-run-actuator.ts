/** Records what would have been sent, with the version and key it would have carried, and sends nothing. */
import { canonicalJson } from '@/engine/kernel';
import { reasonOf, type Database } from '../../database/database';
import { dryRunRecords } from '../../database/schema';
import type { Actuator } from '../connector';

export const dryRunActuator = (db: Database, connector: string, nowUs: () => number): Actuator => ({
  connector,
  async apply({ plan, step, command, expectedVersion, idempotencyKey }) {
    const record = { connector, planId: plan.planId, step: step.index, command: canonicalJson(command), expectedVersion, idempotencyKey, atUs: nowUs() };
    try {
      await db.insert(dryRunRecords).values(record);
      return { result: 'recorded' };
    } catch (error) {
      return { result: 'refused', refusal: { code: 'unreachable', target: 'dry-run record', detail: reasonOf(error) } };
    }
  },
});
