import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { timeUs } from '@/engine/kernel';
import type { OpenDatabase } from '../database/database';
import { dryRunRecords } from '../database/schema';
import { memoryDatabase } from '../database/testing/memory-database';
import { fleetProcess, type FleetProcess } from '../fleet/fleet-process';
import { dryRunConnector } from './dry-run/dry-run-connector';
import { fleetConnector } from './fleet/fleet-connector';
import { connectorContract } from './testing/connector-contract';
import { modelTarget } from './testing/model-target';

const nowUs = () => timeUs(Date.now() * 1_000);
let open: OpenDatabase;
beforeAll(async () => {
  open = await memoryDatabase();
});
afterAll(() => open.close());

describe('the model target', () => {
  connectorContract(async () => {
    const silent = modelTarget({ services: { backend: 2 }, nowUs });
    silent.setReachable(false);
    return { connector: modelTarget({ services: { backend: 2 }, nowUs }).connector, writes: true, service: 'backend', unreachable: silent.connector };
  });
});

describe('the dry-run connector', () => {
  const target = modelTarget({ services: { backend: 2 }, nowUs });
  connectorContract(async () => ({ connector: dryRunConnector(open.db, target.connector, nowUs), writes: false, service: 'backend', unreachable: null }));

  test('every order is recorded with what it would have carried, and nothing reached the target', async () => {
    const records = await open.db.select().from(dryRunRecords);
    expect(records.length).toBeGreaterThan(0);
    expect(records[0]).toMatchObject({ connector: 'model', step: 0, expectedVersion: 'service/backend@1', command: '{"kind":"set-replicas","replicas":3,"service":"backend"}' });
    expect(target.effects).toEqual([]);
  });
});

describe('the fleet, with its real processes', () => {
  let fleet: FleetProcess;
  beforeAll(async () => {
    fleet = fleetProcess(process.cwd(), () => {}, ['--load', '{"kind":"constant","rps":5}', '--max-seconds', '120']);
    const status = await fleet.start();
    if (status.status !== 'running') throw new Error(JSON.stringify(status));
  });
  afterAll(async () => {
    await fleet.stop();
  });

  connectorContract(async () => ({
    connector: fleetConnector(fleet.url, nowUs),
    writes: true,
    service: 'backend',
    unreachable: fleetConnector(() => 'http://127.0.0.1:9', nowUs),
  }));

  test('a fleet that does not run is unreachable, not an exception', async () => {
    expect(await fleetConnector(() => null, nowUs).observer.observe()).toMatchObject({ ok: false, error: { detail: 'the fleet is not running' } });
  });
});
