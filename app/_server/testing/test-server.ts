/** A whole server over a model target and a database in memory; the fleet stays off, the loop's thread is the real one. */
import { join } from 'node:path';
import { createExecutor } from '../gateway/execution/executor';
import type { Policy } from '../gateway/policy';
import { gatewayBench, type Bench } from '../gateway/testing/bench';
import { memoryDatabase } from '../database/testing/memory-database';
import { fleetProcess } from '../fleet/fleet-process';
import { createHub } from '../live/hub';
import { startLive } from '../live/live';
import { readConfig, type ServerConfig } from '../boot/server-config';
import type { Server } from '../boot/server';

export type TestServer = { readonly server: Server; readonly bench: Bench };

export async function testServer({ policy = {}, config = {} }: { readonly policy?: Partial<Policy>; readonly config?: Partial<ServerConfig> } = {}): Promise<TestServer> {
  const read = readConfig({ NODE_ENV: 'test', ORRERY_FLEET: 'off' }, join(process.cwd()));
  if (!read.ok) throw new Error(read.error);
  const database = await memoryDatabase();
  const hub = createHub('test');
  const bench = gatewayBench({ db: database.db, policy });
  const ports = { ...bench.ports, publish: hub.publish };
  const executor = createExecutor(ports, (serial, why) => console.error(serial, why));
  const fleet = fleetProcess(process.cwd(), () => {});
  const live = startLive({ ports, executor, fleet, hub, onHealth: () => {} });
  const server: Server = {
    config: { ...read.value, policy: bench.ports.policy, ...config },
    database,
    ports,
    executor,
    fleet,
    hub,
    live,
    health: async () => ({ ok: true, version: 'test', startedAtMs: 0, database: { engine: 'pglite', ok: true, detail: null }, loop: live.health(), fleet: { status: 'off', detail: null }, singleOperator: true, assistant: 'off' }),
    async close() {
      await live.stop();
      await executor.idle();
      await database.close();
    },
  };
  return { server, bench };
}
