import { describe, expect, it } from 'vitest';
import { parseLabScenario } from './read-lab-scenario';

const issuesOf = (document: unknown) => {
  const parsed = parseLabScenario(document);
  return parsed.ok ? [] : parsed.error.map(({ path, code }) => `${path} ${code}`);
};

describe('a laboratory scenario', () => {
  it('may be as small as nodes and links, and gets the laboratory’s defaults', () => {
    const parsed = parseLabScenario({ nodes: 2, links: [{ a: 'n1', b: 'n2', loss: [10, 30] }] });
    expect(parsed).toMatchObject({ ok: true, value: { algo: 'BATMAN_IV', medium: 'link', duration: 300, nodes: ['n1', 'n2'], links: [{ loss: [10, 30], delay: [1, 1], burst: [0, 0] }] } });
  });

  it('orders its events by time and keeps the written order at one instant', () => {
    const cut = (t: number, a: string) => ({ t, type: 'link_cut', a, b: 'n2' });
    const parsed = parseLabScenario({ nodes: 3, links: [{ a: 'n1', b: 'n2' }, { a: 'n3', b: 'n2' }], events: [cut(50, 'n1'), cut(20, 'n3'), cut(20, 'n1')] });
    expect(parsed.ok && parsed.value.events.map((event) => [event.t, 'a' in event && event.a])).toEqual([[20, 'n3'], [20, 'n1'], [50, 'n1']]);
  });

  it.each([[null], [42], ['text'], [[]], [{}], [{ nodes: -3, links: 7 }], [{ nodes: 1e9, links: [] }], [{ nodes: ['a', 'a'], links: [{ a: 'a', b: 'a' }] }]])('reports %j instead of failing', (document) => {
    expect(issuesOf(document).length).toBeGreaterThan(0);
  });

  it('names every wrong place at once', () => {
    const issues = issuesOf({
      nodes: ['n1', 'n2'],
      medium: 'radio',
      lnks: [],
      links: [{ a: 'n1', b: 'n9' }, { a: 'n1', b: 'n2', loss: 120 }, { a: 'n1', b: 'n2', loss: [1, 2, 3] }],
      pings: [{ src: 'n1', dst: 'ghost', interval: 0 }],
      events: [{ t: 5, type: 'explode' }, { t: 'soon', type: 'node_down', node: 'n7' }, { t: 9, type: 'carrier_down', a: 'n1', b: 'n2' }],
    });
    for (const expected of ['lnks unknown-key', 'links[0].b unknown-name', 'links[1].loss out-of-range', 'links[2].loss out-of-range', 'pings[0].dst unknown-name', 'pings[0].interval out-of-range', 'events[1].t wrong-type', 'events[1].node unknown-name', 'events[2].type out-of-range'])
      expect(issues).toContain(expected);
  });
});
