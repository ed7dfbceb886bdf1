import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLog } from '../audit/read-log';
import { approvePlan } from '../gateway/approval/approve-plan';
import { armPlan } from '../gateway/execution/arm-plan';
import { runExecution } from '../gateway/execution/run-execution';
import { findPlan } from '../gateway/plan/stored-plan';
import { ADA, BOB, gatewayBench, must, rehearsedBy, setMode } from '../gateway/testing/bench';
import { openDatabase, reasonOf, type OpenDatabase } from './database';
import { auditLeaves, control } from './schema';
import { MIGRATIONS } from './testing/memory-database';
import { startPrivateCluster, type PrivateCluster } from './testing/private-cluster';

let folder: string;
let cluster: PrivateCluster;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orrery-database-'));
  cluster = await startPrivateCluster();
});
afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

const engines = { pglite: () => ({ dataFolder: folder, databaseUrl: null, migrationsFolder: MIGRATIONS }), postgres: () => ({ dataFolder: folder, databaseUrl: cluster.url, migrationsFolder: MIGRATIONS }) };

describe.each(Object.entries(engines))('%s', (name, config) => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await openDatabase(config());
  });
  afterAll(() => open.close());
  const refusal = (query: string) => open.db.execute(sql.raw(query)).then(() => null, reasonOf);

  test('it is the engine that was asked for', () => expect(open.engine).toBe(name));

  test('a plan goes all the way, and its audit chain verifies', async () => {
    const bench = gatewayBench({ db: open.db });
    must(await setMode(bench, 'live'));
    const plan = await rehearsedBy(bench, ADA);
    must(await approvePlan(bench.ports, plan, BOB));
    await runExecution(bench.ports, must(await armPlan(bench.ports, plan, BOB)).execution);
    expect((await findPlan(open.db, plan.id))!.state).toBe('verifying');
    expect(await verifyLog(open.db)).toMatchObject({ ok: true, firstBad: null });
  });

  test.each(['audit_leaves', 'intents', 'outcomes'])('%s refuses UPDATE and DELETE', async (table) => {
    const column = table === 'audit_leaves' ? 'hash' : table === 'intents' ? 'idempotency_key' : 'detail';
    expect(await refusal(`UPDATE ${table} SET ${column} = 'x'`)).toMatch('append-only');
    expect(await refusal(`DELETE FROM ${table}`)).toMatch('append-only');
  });

  test('the audit log refuses TRUNCATE', async () => expect(await refusal('TRUNCATE audit_leaves')).toMatch('append-only'));

  test('there is one control row, whatever one tries', async () => {
    expect(await refusal(`INSERT INTO control (one, fence, stopped, audit_leaves, audit_head) VALUES (2, 1, false, 0, '')`)).toMatch('control_is_one_row');
    expect(await open.db.select().from(control)).toHaveLength(1);
  });

  test('a transaction that fails leaves neither a move nor a leaf', async () => {
    const before = await open.db.select().from(auditLeaves);
    const bench = gatewayBench({ db: open.db, rehearse: async () => ({ ok: false, error: 'no twin' }) });
    await expect(rehearsedBy(bench, ADA)).rejects.toThrow('no twin');
    const after = await open.db.select().from(auditLeaves);
    expect(after.length - before.length).toBe(2); // drafted and proposed; the rehearsal left nothing
  });

  test('moves that are asked for at the same time have one order', async () => {
    const bench = gatewayBench({ db: open.db, policy: { approvalsRequired: 3 } });
    const plan = await rehearsedBy(bench, ADA);
    const people = ['b', 'c', 'd', 'e', 'f'].map((id) => ({ id, kind: 'person' as const }));
    const answers = await Promise.all(people.map((person) => approvePlan(bench.ports, plan, person)));
    expect(answers.map((answer) => answer.ok).filter(Boolean)).toHaveLength(3);
    expect(await verifyLog(open.db)).toMatchObject({ ok: true });
  });

  test('what was written is there after closing and opening again, and the migrations run once', async () => {
    const before = await open.db.select().from(auditLeaves);
    await open.close();
    open = await openDatabase(config());
    expect(await open.db.select().from(auditLeaves)).toEqual(before);
  });
});

test('a second opening of the same folder is refused by name', async () => {
  const open = await openDatabase(engines.pglite());
  await expect(openDatabase(engines.pglite())).rejects.toThrow(`process ${process.pid}`);
  await open.close();
});

test('two servers that start on one empty Postgres both come up', async () => {
  const config = { dataFolder: folder, databaseUrl: cluster.createDatabase('empty'), migrationsFolder: MIGRATIONS };
  const opened = await Promise.all([openDatabase(config), openDatabase(config)]);
  expect(await opened[0].db.select().from(control)).toHaveLength(1);
  await Promise.all(opened.map((each) => each.close()));
});

test('a Postgres that nobody answers at is an error that says so', async () => {
  await expect(openDatabase({ dataFolder: folder, databaseUrl: 'postgres://nobody@127.0.0.1:1/none', migrationsFolder: MIGRATIONS })).rejects.toThrow('ECONNREFUSED');
});
