import { describe, expect, it } from 'vitest';
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent } from '@/engine/kernel';
import { compileMesh, exportNetJson, handleMeshEvent, importMesh, lossFromTq, readBatctlTable, startMesh } from '../index';

const one = (content: unknown) => importMesh([{ name: 'mesh.json', content: typeof content === 'string' ? content : JSON.stringify(content) }]);

describe('the importer of meshes', () => {
  it('takes meshviewer.json with gateways, places and both TQs, and says what it left out', () => {
    const imported = one({
      timestamp: '2026-01-01T00:00:00Z',
      nodes: [
        { node_id: 'aa', hostname: 'roof', is_gateway: true, is_online: true, location: { latitude: 48.4, longitude: 9.9 } },
        { node_id: 'bb', hostname: 'shop', is_online: true },
        { node_id: 'cc', hostname: 'shop', is_online: true },
        { node_id: 'dd', hostname: 'gone', is_online: false },
        { hostname: 'nameless' },
      ],
      links: [
        { source: 'aa', target: 'bb', source_tq: 0.9, target_tq: 0.5, type: 'wifi' },
        { source: 'bb', target: 'aa', source_tq: 1, target_tq: 1, type: 'vpn' },
        { source: 'bb', target: 'cc', source_tq: 1, target_tq: 1 },
        { source: 'cc', target: 'dd', source_tq: 1, target_tq: 1 },
        { source: 'cc', target: 'cc', source_tq: 1, target_tq: 1 },
        { source: 'aa', target: 'cc', source_tq: 0, target_tq: 0 },
        { source: 'aa' },
      ],
    });
    expect(imported.ok && imported.value.format).toBe('meshviewer');
    if (!imported.ok) return;
    expect(imported.value.spec.routers).toEqual([{ name: 'roof', gateway: true, x: 9.9, y: 48.4 }, { name: 'shop' }, { name: 'shop (cc)' }]);
    expect(imported.value.spec.links).toHaveLength(2);
    expect(imported.value.spec.links[0]!.lossPercent).toBeLessThan(imported.value.spec.links[0]!.lossPercentBack!);
    expect(Object.fromEntries(imported.value.dropped.map(({ what, count }) => [what, count]))).toEqual({
      'nodes that are offline': 1, 'nodes without an id': 1, 'further links between two routers': 1, 'links to unknown routers': 1, 'links from a router to itself': 1, 'links with TQ 0 at both ends': 1, 'links without two ends': 1,
    });
  });

  it('takes plain links and NetJSON, and gives NetJSON back', () => {
    expect(one({ links: [{ source: '0001', target: '0002' }] })).toMatchObject({ ok: true, value: { format: 'links', spec: { routers: [{ name: '0001' }, { name: '0002' }] } } });
    const mesh = compileMesh({ routers: [{ name: 'a', gateway: true }, { name: 'b' }], links: [{ a: 'a', b: 'b' }] }, 1);
    const queue = eventQueue();
    startMesh(mesh, queue, seconds(0));
    const event = takenEvent();
    while (nextEventAt(queue) <= seconds(90) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
    const graph = exportNetJson(mesh);
    expect(graph.links).toHaveLength(2);
    expect(graph.links[0]!.cost).toBeLessThan(1.02);
    expect(one(graph)).toMatchObject({ ok: true, value: { format: 'netjson', spec: { routers: [{ name: 'a', gateway: true }, { name: 'b' }], links: [{ a: 'b', b: 'a' }] } } });
  });

  it('says where a JSON file breaks, and leaves batctl’s own bracket alone', () => {
    const map = JSON.stringify({ nodes: [{ node_id: 'a' }], links: [{ source: 'a', target: 'b' }] }, null, 1);
    expect(one(map.slice(0, -12))).toMatchObject({ ok: false, error: [{ path: 'mesh.json', code: 'not-parsable', message: expect.stringMatching(/^this JSON breaks off at line \d+, column \d+$/), suggestion: expect.stringContaining('whole') }] });
    expect(one(map.replace('"links"', 'links'))).toMatchObject({ ok: false, error: [{ message: 'this JSON is damaged at line 7, column 2' }] });
    for (const text of ['[B.A.T.M.A.N. adv 2022.3]', 'not a mesh', '"text"', '']) expect(one(text)).toMatchObject({ ok: false, error: [{ path: '', message: 'this is none of the known descriptions of a mesh' }] });
  });

  it('puts the originator tables of several routers together, as JSON or as text', () => {
    const json = JSON.stringify([
      { orig_address: 'b', neigh_address: 'b', tq: 230, last_seen_msecs: 340, best: true },
      { orig_address: 'c', neigh_address: 'b', tq: 180, last_seen_msecs: 500, best: true },
    ]);
    const text = ['[B.A.T.M.A.N. adv 2022.3, MainIF/MAC: mesh0/02:00 (bat0/02:01 BATMAN_IV)]', '   Originator        last-seen (#/255) Nexthop           [outgoingIF]', ' * a                    0.340s   (200) a [     mesh0]', '   c                    0.100s   (255) c [     mesh0]', 'rubbish'].join('\n');
    const imported = importMesh([{ name: 'tables/a.json', content: json }, { name: 'tables/b.txt', content: text }]);
    expect(imported).toMatchObject({ ok: true, value: { format: 'batctl', spec: { routers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }, dropped: [{ what: 'rows that are not table rows', count: 1 }] } });
    expect(imported.ok && imported.value.spec.links.map(({ a, b }) => `${a}-${b}`)).toEqual(['a-b', 'b-c']);
    expect(readBatctlTable('b', text).rows[0]).toEqual({ table: 'originators', originator: 'a', nextHop: 'a', tq: 200, kbit: null, lastSeenMs: 340, best: true });
  });

  it.each(['', '{', 'null', '[]', '{}', '42', '{"links":3}', '{"nodes":[],"links":[]}', '[{"orig_address":5}]', '\u0000\u0001', '{"links":[{"a":"x","b":"y"}]}'])('refuses %j with an issue', (content) => {
    const imported = one(content);
    expect(imported.ok).toBe(false);
    expect(imported.ok ? [] : imported.error.length).toBeGreaterThan(0);
  });

  it('takes a map of a whole country in a moment, counts what is beyond its limit, and keeps hostile names as names', () => {
    const nodes = Array.from({ length: 30_000 }, (_, i) => ({ node_id: `n${i}`, hostname: i % 3 === 0 ? 'freifunk' : `host-${i}` }));
    const imported = one({ nodes: [{ node_id: '__proto__', hostname: 'constructor' }, ...nodes], links: [{ source: '__proto__', target: 'n1', source_tq: 1, target_tq: 1 }] });
    expect(imported.ok && imported.value.spec.routers).toHaveLength(20_000);
    expect(imported.ok && imported.value.dropped).toEqual([{ what: 'routers beyond 20000', count: 10_001 }]);
    expect(imported.ok && imported.value.spec.links).toEqual([{ a: 'constructor', b: 'host-1', lossPercent: 0, lossPercentBack: 0 }]);
    expect(imported.ok && new Set(imported.value.spec.routers.map((router) => router.name)).size).toBe(20_000);
  });

  it('finds losses whose expected TQs are the given ones', () => {
    for (const [p, r] of [[1, 1], [0.9, 0.9], [0.5, 0.9], [0.6, 0.4]] as const) {
      const tq = (out: number, back: number) => out * (1 - (1 - back) ** 3);
      const [out, back] = lossFromTq(tq(p, r), tq(r, p));
      expect(out).toBeCloseTo(100 * (1 - p), 0);
      expect(back).toBeCloseTo(100 * (1 - r), 0);
    }
  });
});
