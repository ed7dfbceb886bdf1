/** The “why” of a figure is its query: run on DuckDB over the same frames, it gives the figure that is shown. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { bindSql } from '@/engine/query';
import { startRun } from '@/engine/scenario';
import { advanceWorld, setFault, takeFrames } from '@/engine/twin';
import { demo } from '@/scenarios/demo';
import { nodeDuck } from '@/workers/sql/node-duck';
import { sqlService } from '@/workers/sql/sql-service';
import { readKpis } from './read-kpis';

const sql = sqlService(nodeDuck);
const world = startRun(demo).world;
advanceWorld(world, seconds(70));
setFault(world, { kind: 'node-down', node: 'node-a1' }, true);
advanceWorld(world, seconds(85));
const frames = takeFrames(world);
const kpis = readKpis(demo, frames, frames.at(-1)!, null);

beforeAll(async () => {
  await sql.startRun({ runId: 'now', source: 'simulated', startedUs: 0 });
  await sql.insertFrames('now', frames);
});
afterAll(() => sql.close());

test.each(kpis)('$label: its query gives $value', async ({ key, query, value }) => {
  const bound = bindSql(query, { run: 'now', at: frames.at(-1)!.atUs });
  if (!bound.ok) throw new Error(bound.error.message);
  const answer = await sql.query(bound.value, { queryId: key });
  if (!answer.ok) throw new Error(answer.error.message);
  expect(value).not.toBeNull();
  expect(answer.value.rows[0]![0]).toBeCloseTo(value!, 6);
});

test('the figures under test are not all at rest: something failed and moved', () => {
  expect(kpis.find(({ key }) => key === 'budget')!.value).toBeLessThan(100);
  expect(kpis.find(({ key }) => key === 'mesh')!.value).toBeLessThan(8);
});
