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

describe('the settings of a laboratory scenario', () => {
  const with2 = (more: object) => issuesOf({ nodes: 2, links: [{ a: 'n1', b: 'n2' }], ...more });
  const setting = (name: string, value: unknown) => with2({ events: [{ t: 5, type: 'setting', node: 'n1', name, value }] });

  it.each([[0], [1], [-1_000], ['fast'], [''], [1e12], [null], [[500]]])('refuse an OGM interval of %j, which would stop the clock', (value) => {
    expect(with2({ settings: { orig_interval: value } })).toHaveLength(1);
    expect(with2({ nodeSettings: { n1: { elp_interval: value } } })).toHaveLength(1);
    expect(setting('orig_interval', value)).toHaveLength(1);
  });

  it('refuse what batctl does not know or the kernel cannot hold', () => {
    expect(with2({ settings: { frobnicate: 3 } })).toEqual(['settings.frobnicate unknown-name']);
    expect(setting('frobnicate', 1)).toEqual(['events[0].name unknown-name']);
    expect(with2({ settings: { hop_penalty: 256 } })).toEqual(['settings.hop_penalty out-of-range']);
    expect(with2({ settings: { aggregation: 'maybe' } })).toEqual(['settings.aggregation out-of-range']);
    expect(with2({ nodeSettings: { n7: { hop_penalty: 3 } }, startAt: { n8: 1 } })).toEqual(['nodeSettings.n7 unknown-name', 'startAt.n8 unknown-name']);
  });

  it('take numbers as text, switches in batctl’s words, and settings that change no table', () => {
    const parsed = parseLabScenario({ nodes: 2, links: [{ a: 'n1', b: 'n2' }], settings: { orig_interval: '500', aggregation: 'disable', gw_mode: 'server 10000/2000', bonding: 1, multicast_mode: 'enable' } });
    expect(parsed).toMatchObject({ ok: true, value: { settings: { orig_interval: 500, aggregation: 'disable', gw_mode: 'server 10000/2000' } } });
  });
});

it('refuses two links between the same nodes: the laboratory has one cable for each pair', () => {
  expect(issuesOf({ nodes: 2, links: [{ a: 'n1', b: 'n2' }, { a: 'n2', b: 'n1' }] })).toEqual(['links[1] duplicate']);
});

it('keeps a change of a link as it was written', () => {
  const parsed = parseLabScenario({ nodes: 2, links: [{ a: 'n1', b: 'n2' }], events: [{ t: 5, type: 'link', a: 'n1', b: 'n2', loss: 40, delay: [1, 2] }] });
  expect(parsed.ok && parsed.value.events[0]).toEqual({ t: 5, type: 'link', a: 'n1', b: 'n2', loss: 40, delay: [1, 2] });
});

it('knows the interfaces that are to be captured', () => {
  const cabled = (capture: object) => issuesOf({ nodes: 3, links: [{ a: 'n1', b: 'n2' }], capture: [capture] });
  expect(cabled({ node: 'n1', peer: 'n2', to: 20, mask: 1 })).toEqual([]);
  expect(cabled({ node: 'n1', peer: 'n3', to: 20 })).toEqual(['capture[0].peer unknown-name']);
  expect(cabled({ node: 'n1', to: 20 })).toEqual(['capture[0].peer unknown-name']);
  expect(cabled({ node: 'n9', peer: 'n2' })).toContain('capture[0].node unknown-name');
  expect(cabled({ node: 'n1', peer: 'n2' })).toEqual(['capture[0].to missing']);
});

it('takes what batctl takes as a gateway mode', () => {
  const mode = (value: string) => issuesOf({ nodes: 2, links: [{ a: 'n1', b: 'n2' }], nodeSettings: { n1: { gw_mode: value } } });
  for (const value of ['off', 'client', 'client 3', 'server', 'server 10000/2000', 'server 50mbit/10mbit', 'server 1.5MBit']) expect(mode(value)).toEqual([]);
  for (const value of ['on', 'client 0', 'client 256', 'server fast', 'server 10 2', 'off 3']) expect(mode(value)).toEqual(['nodeSettings.n1.gw_mode out-of-range']);
});
