import { describe, expect, it } from 'vitest';
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent } from '@/engine/kernel';
import { importExpositionText } from '@/engine/telemetry';
import { BATCTL_TABLES, batctlJson, batctlText, compileMesh, exportLabScenario, handleMeshEvent, importMesh, meshMetrics, moveMeshClient, parseLabScenario, readBatctlTable, runLab, startMesh, type MeshSpec } from '../index';

const SPEC: MeshSpec = {
  medium: 'radio',
  routers: [{ name: 'gate', gateway: true, gatewayDownMbps: 50, x: 0, y: 0 }, { name: 'mid', x: 1, y: 0 }, { name: 'far', x: 2, y: 0 }, { name: 'later', x: 3, y: 0, planned: true }],
  links: [{ a: 'gate', b: 'mid', lossPercent: 5 }, { a: 'mid', b: 'far', lossPercent: 10, lossPercentBack: 20 }, { a: 'far', b: 'later' }],
};

function lived(spec: MeshSpec, until: number) {
  const mesh = compileMesh(spec, 4);
  const queue = eventQueue();
  startMesh(mesh, queue, seconds(0));
  moveMeshClient(mesh, queue, 'laptop', 'far', seconds(0));
  const event = takenEvent();
  while (nextEventAt(queue) <= seconds(until) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
  return mesh;
}

describe('tables of a running twin', () => {
  const mesh = lived(SPEC, 120);
  const at = seconds(120);

  it.each(BATCTL_TABLES)('%s read the same back from text and from JSON', (table) => {
    for (const router of [0, 1, 2]) {
      const text = readBatctlTable('r', batctlText(mesh, router, table, at));
      const json = readBatctlTable('r', JSON.stringify(batctlJson(mesh, router, table, at)));
      expect(text.dropped + json.dropped).toBe(0);
      expect(text.rows).toEqual(json.rows);
    }
    expect(readBatctlTable('r', batctlText(mesh, 1, table, at)).rows.length).toBeGreaterThan(table === 'transtable_local' ? -1 : 0);
  });

  it('give the mesh back when they are imported together', () => {
    const files = ['gate', 'mid', 'far'].flatMap((name, i) => [
      { name: `dump/${name}.o.txt`, content: batctlText(mesh, i, 'originators', at) },
      { name: `dump/${name}.gateways_json`, content: JSON.stringify(batctlJson(mesh, i, 'gateways', at)) },
      { name: `dump/${name}.tg.txt`, content: batctlText(mesh, i, 'transtable_global', at) },
    ]);
    const imported = importMesh(files);
    expect(imported).toMatchObject({ ok: true, value: { format: 'batctl', clients: 1, dropped: [] } });
    if (!imported.ok) return;
    expect(imported.value.spec.routers).toEqual([{ name: 'gate', gateway: true, gatewayDownMbps: 50 }, { name: 'mid' }, { name: 'far' }]);
    expect(imported.value.spec.links.map(({ a, b }) => [a, b].sort().join('-')).sort()).toEqual(['far-mid', 'gate-mid']);
  });

  it('know a router by its own address when the table says it', () => {
    const header = '[B.A.T.M.A.N. adv 2022.3, MainIF/MAC: mesh0/02:00:00:00:00:01 (bat0/02:11 BATMAN_IV)]';
    const one = [header, ' * 02:00:00:00:00:02    0.340s   (200) 02:00:00:00:00:02 [     mesh0]'].join('\n');
    const two = [header.replace('00:01 ', '00:02 '), 'IF             Neighbor              last-seen', '        mesh0     02:00:00:00:00:01    0.230s'].join('\n');
    const imported = importMesh([{ name: 'roof.txt', content: one }, { name: 'shop.n.txt', content: two }]);
    expect(imported.ok && imported.value.spec).toMatchObject({ routers: [{ name: 'roof' }, { name: 'shop' }], links: [{ a: 'roof', b: 'shop' }] });
    expect(imported.ok && imported.value.spec.links).toHaveLength(1);
  });

  it('come as counters that our own reader of Prometheus text takes without a warning', () => {
    const read = importExpositionText(meshMetrics(mesh, at), { where: 'mesh', atUs: 0 });
    expect(read.ok).toBe(true);
    expect(meshMetrics(mesh, at)).toMatch(/batadv_mgmt_tx_packets_total\{router="mid"\} [1-9]\d+/);
    expect(meshMetrics(mesh, at)).toMatch(/batadv_originator_tq\{router="far",originator="gate",next_hop="mid"\} \d+/);
  });
});

it('a mesh becomes a laboratory scenario without what is only planned, and can be played and recorded', () => {
  const scenario = parseLabScenario(JSON.parse(JSON.stringify(exportLabScenario(SPEC, { name: 'exported', seed: 3, durationSeconds: 40 }))));
  expect(scenario).toMatchObject({ ok: true, value: { nodes: ['gate', 'mid', 'far'], nodeSettings: { gate: { gw_mode: 'server 50mbit' } } } });
  if (!scenario.ok) return;
  const kinds = new Set<string>();
  runLab(scenario.value, 1, (record) => kinds.add(record.k));
  expect([...kinds].sort()).toEqual(['neigh', 'orig', 'ping', 'stats']);
  expect(importMesh([{ name: 'x.json', content: JSON.stringify(scenario.value) }])).toMatchObject({ ok: true, value: { format: 'laboratory' } });
});

it.each(['* (255) [', '[B.A.T.M.A.N. adv', ' * a 0.1s (255) b', '{"orig_address":{}}', '[[],[],{}]', '\n\n\t\n', `${'x '.repeat(5_000)}`, '[{"tt_address":"a"},{"bandwidth_down":1e999,"orig_address":"g"}]'])('%j gives no row that is not there, and does not throw', (content) => {
  const { rows, dropped } = readBatctlTable('r', content);
  expect(rows.length + dropped).toBeLessThanOrEqual(3);
  for (const row of rows) expect(row.table).toBe('clients');
});
