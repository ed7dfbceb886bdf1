/**
 * The server behind the pages: opened once per process, whoever asks first (the boot hook or a route), and
 * kept on `globalThis`, because bundlers give hook and routes copies of the modules.
 */
import { ENGINE_VERSION } from '@/engine/scenario';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectorSet } from '../connectors/connectors';
import { fleetConnector } from '../connectors/fleet/fleet-connector';
import { openDatabase, reasonOf, type OpenDatabase } from '../database/database';
import { fleetProcess, type FleetProcess } from '../fleet/fleet-process';
import { createExecutor, type Executor } from '../gateway/execution/executor';
import type { GatewayPorts } from '../gateway/ports';
import { createHub, type Hub } from '../live/hub';
import { startLive, type Live } from '../live/live';
import type { Health } from './health';
import { readConfig, type ServerConfig } from './server-config';

export type Server = {
  readonly config: ServerConfig;
  readonly database: OpenDatabase;
  readonly ports: GatewayPorts;
  readonly executor: Executor;
  readonly fleet: FleetProcess;
  readonly hub: Hub;
  readonly live: Live;
  health(): Promise<Health>;
  close(): Promise<void>;
};

const KEY = Symbol.for('orrery.server');

/** Opens the server on the first call. After a failure the next call tries again. */
export function getServer(): Promise<Server> {
  const found: Promise<Server> | undefined = Reflect.get(globalThis, KEY);
  if (found !== undefined) return found;
  const opening = openFromEnvironment().catch((error: unknown) => {
    Reflect.set(globalThis, KEY, undefined);
    throw error;
  });
  Reflect.set(globalThis, KEY, opening);
  return opening;
}

export async function closeServer(): Promise<void> {
  const open: Promise<Server> | undefined = Reflect.get(globalThis, KEY);
  Reflect.set(globalThis, KEY, undefined);
  if (open !== undefined) await (await open).close();
}

async function openFromEnvironment(): Promise<Server> {
  const config = readConfig(process.env, process.cwd());
  if (!config.ok) throw new Error(`The environment is not as it must be: ${config.error}`);
  return openServer(config.value);
}

export async function openServer(config: ServerConfig): Promise<Server> {
  const database = await openDatabase(config);
  const startedAtMs = Date.now();
  let closing: Promise<void> | null = null;
  const nowUs = () => Date.now() * 1_000;
  const hub = createHub(randomUUID());
  const fleet = fleetProcess(config.root, (status) => {
    hub.publish({ kind: 'fleet', fleet: status });
    tellHealth();
  });
  const connectors = connectorSet(database.db, [fleetConnector(fleet.url, nowUs)], nowUs);
  const ports: GatewayPorts = {
    db: database.db,
    clock: { nowUs, sleep: (ms) => sleep(ms) },
    newId: randomUUID,
    policy: config.policy,
    connectors,
    rehearse: (draft) => live.rehearse(draft),
    publish(event) {
      hub.publish(event);
      live.onGatewayEvent(event);
    },
  };
  const executor = createExecutor(ports, (serial, why) => console.error(`gateway: execution ${serial} halted: ${why}`));
  const live: Live = startLive({ ports, executor, fleet, hub, onHealth: () => tellHealth() });
  await executor.recover();
  if (config.fleet === 'start') void fleet.start();

  async function health(): Promise<Health> {
    const failed = await database.db.execute(sql`SELECT 1`).then(() => null, reasonOf);
    const status = fleet.status();
    return {
      ok: failed === null && live.health().ok,
      version: ENGINE_VERSION,
      startedAtMs,
      database: { engine: database.engine, ok: failed === null, detail: failed },
      loop: live.health(),
      fleet: { status: status.status, detail: status.status === 'failed' ? status.detail : null },
      singleOperator: config.policy.singleOperator,
      assistant: config.assistant === null ? 'off' : 'configured',
    };
  }

  function tellHealth() {
    if (closing === null) void health().then((now) => hub.publish({ kind: 'health', health: now }));
  }

  async function close() {
    await live.stop();
    await fleet.stop();
    await Promise.race([executor.idle(), sleep(3_000)]);
    await database.close();
  }
  return { config, database, ports, executor, fleet, hub, live, health, close: () => (closing ??= close()) };
}
