/** Orrery about itself, in Prometheus text: counted from the database and the live parts at the moment of the scrape. */
import { count, isNotNull } from 'drizzle-orm';
import { Gauge, Registry } from 'prom-client';
import type { Server } from '../boot/server';
import { control, plans, promises } from '../database/schema';
import { PLAN_STATES } from '../gateway/plan-state';

export async function serverMetrics({ database, live, hub, fleet }: Server): Promise<{ readonly text: string; readonly contentType: string }> {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: number) => new Gauge({ name, help, registers: [registry] }).set(value);
  const [byState, scored, rows] = await Promise.all([
    database.db.select({ state: plans.state, plans: count() }).from(plans).groupBy(plans.state),
    database.db.select({ verdict: promises.verdict, promises: count() }).from(promises).where(isNotNull(promises.verdict)).groupBy(promises.verdict),
    database.db.select().from(control),
  ]);
  const inState = new Gauge({ name: 'orrery_plans', help: 'Plans by state', labelNames: ['state'], registers: [registry] });
  for (const state of PLAN_STATES) inState.set({ state }, byState.find((row) => row.state === state)?.plans ?? 0);
  const promised = new Gauge({ name: 'orrery_promises_scored', help: 'Scored promises by verdict', labelNames: ['verdict'], registers: [registry] });
  for (const row of scored) if (row.verdict !== null) promised.set({ verdict: row.verdict }, row.promises);
  gauge('orrery_gateway_stopped', '1 while the kill switch is on', rows[0]?.stopped === true ? 1 : 0);
  gauge('orrery_gateway_fence', 'Epoch that every intent must name', rows[0]?.fence ?? 0);
  gauge('orrery_audit_leaves', 'Leaves of the audit log', rows[0]?.auditLeaves ?? 0);
  gauge('orrery_live_frames_kept', 'Frames of the running fleet in memory', live.frames(Number.MAX_SAFE_INTEGER).length);
  gauge('orrery_live_readers', 'Open live streams', hub.readers());
  gauge('orrery_fleet_running', '1 while the fleet runs', fleet.status().status === 'running' ? 1 : 0);
  gauge('process_cpu_seconds_total', 'User and system CPU time', (process.cpuUsage().user + process.cpuUsage().system) / 1e6);
  gauge('process_resident_memory_bytes', 'Resident set', process.memoryUsage.rss());
  return { text: await registry.metrics(), contentType: registry.contentType };
}
