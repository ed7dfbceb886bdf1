import { describe, expect, it } from 'vitest';
import { parseLabScenario, runLab, type LabRecord } from './index';

function played(document: object): LabRecord[] {
  const scenario = parseLabScenario(document);
  if (!scenario.ok) throw new Error(scenario.error.map(({ message }) => message).join('; '));
  const records: LabRecord[] = [];
  runLab(scenario.value, 1, (record) => records.push(record));
  return records;
}
const LINE = { nodes: 3, medium: 'radio', links: [{ a: 'n1', b: 'n2' }, { a: 'n2', b: 'n3' }] };

describe('a played laboratory scenario', () => {
  it('shows the tables and counters of a moment before what is changed at that moment', () => {
    const records = played({ ...LINE, duration: 22, events: [{ t: 20, type: 'node_down', node: 'n3', reboot: true }] });
    const at20 = records.filter((record) => record.t === 20);
    expect(at20.at(-1)).toMatchObject({ k: 'event' });
    expect(at20.flatMap((record) => (record.k === 'orig' && record.n === 'n3' ? [record.r.length] : []))).toEqual([2]);
    expect(at20.flatMap((record) => (record.k === 'stats' && record.n === 'n3' ? [record.c.mgmt_tx! > 10] : []))).toEqual([true]);
    expect(records.flatMap((record) => (record.k === 'orig' && record.n === 'n3' && record.t === 21 ? [record.r.length] : []))).toEqual([0]);
  });

  it('has no counters for a router that has no mesh interface', () => {
    const records = played({ ...LINE, duration: 30, startAt: { n3: 15 } });
    const counters = records.flatMap((record) => (record.k === 'stats' && record.n === 'n3' ? [Object.keys(record.c).length] : []));
    expect(counters).toEqual([0, 10, 10]);
  });

  it('leaves the throughput of a radio to its node: a single link cannot set it', () => {
    const [first] = LINE.links;
    const records = played({ ...LINE, algo: 'BATMAN_V', duration: 12, links: [{ ...first, throughput: 3 }, LINE.links[1]], settings: { throughput_override: 50 }, events: [{ t: 6, type: 'link', ...first, throughput: 2 }] });
    const metrics = records.flatMap((record) => (record.k === 'orig' && record.n === 'n1' && record.t >= 10 ? record.r.filter(([originator]) => originator === 'n2').map((row) => row[2]) : []));
    expect(new Set(metrics)).toEqual(new Set([50_000]));
  });
});

describe('the pings of a laboratory scenario', () => {
  const pings = (records: readonly LabRecord[]) => records.flatMap((record) => (record.k === 'ping' ? [record] : []));
  const share = (records: readonly LabRecord[]) => pings(records).reduce((sum, { rx }) => sum + rx, 0) / pings(records).reduce((sum, { tx }) => sum + tx, 0);
  const pair = (link: object, ping: object, more: object = {}) => played({ nodes: 2, links: [{ a: 'n1', b: 'n2', delay: 1, ...link }], duration: 20, pings: [{ src: 'n1', dst: 'n2', interval: 0.25, from: 10, ...ping }], ...more });

  it('have records of their own, also where two join one pair', () => {
    const records = pair({}, {}, { pings: [{ src: 'n1', dst: 'n2', interval: 0.25, from: 10 }, { src: 'n1', dst: 'n2', interval: 0.5, from: 10, to: 16 }] });
    expect(pings(records).filter(({ t }) => t === 12).map(({ tx, rx }) => [tx, rx])).toEqual([[4, 4], [2, 2]]);
    expect(pings(records).filter(({ t }) => t === 16).map(({ tx }) => tx)).toEqual([4]);
  });

  it('take the longer over a slow link the larger they are', () => {
    const rtt = (size: number) => Math.max(...pings(pair({ rate: 1 }, { size, from: 12, to: 14 })).flatMap((record) => record.rtt.map(Number)));
    const onLink = (size: number) => size + 42 + 10 + 14; // ICMP, IP, Ethernet; batman-adv; Ethernet
    expect(rtt(1_400)).toBeGreaterThanOrEqual(2 * (1 + (8 * onLink(1_400)) / 1_000));
    expect(rtt(0)).toBeLessThan(2 * (1 + (8 * onLink(200)) / 1_000));
  });

  it('count the bytes that were asked for', () => {
    const records = pair({}, { size: 1_000, to: 20 });
    const stats = records.flatMap((record) => (record.k === 'stats' && record.n === 'n1' && record.t === 20 ? [record.c] : []))[0]!;
    expect(stats.tx_bytes).toBe(stats.tx! * 1_042);
    expect(stats.tx).toBeGreaterThan(30);
  });

  it('travel in two fragments beyond what a link takes, and both must arrive', () => {
    const lossy = (size: number) => share(pair({ loss: 20 }, { size, interval: 0.01, from: 60 }, { duration: 100 }));
    expect(lossy(1_448)).toBeCloseTo(0.8 ** 2, 1);
    expect(lossy(1_449)).toBeCloseTo(0.8 ** 4, 1);
  });
});

describe('a capture', () => {
  const lines = (document: object) => played({ nodes: 2, links: [{ a: 'n1', b: 'n2', loss: [50, 0], delay: 10 }], duration: 30, ...document }).flatMap((record) => (record.k === 'cap' ? [record] : []));
  const sequences = (records: readonly { readonly p: string }[], who: string) => records.filter(({ p }) => p.startsWith(`BAT ${who}: OGM IV via neigh ${who}, `)).map(({ p }) => Number(/seq (\d+)/.exec(p)![1]));

  it('shows the OGMs of a radio as batctl prints them, those that nobody hears too', () => {
    const all = lines({ medium: 'radio', capture: [{ node: 'n1', from: 10, to: 29 }] });
    for (const { p, i } of all) expect([i, p]).toEqual(['r0', expect.stringMatching(/^BAT n[12]: OGM IV via neigh n[12], seq \d+, tq [ 0-9]{3}, ttl [ 0-9]{2}, v 15, flags \[[N.][D.]\.\], length 52, tvlv_len 28$/)]);
    const own = sequences(all, 'n1');
    expect(own.length).toBeGreaterThan(15);
    own.slice(1).forEach((sequence, i) => expect(sequence).toBe((own[i]! + 1) % 2 ** 32));
  });

  it('sits behind the loss and delay of a cable', () => {
    const mine = lines({ capture: [{ node: 'n1', peer: 'n2', from: 10, to: 29 }] });
    const theirs = lines({ capture: [{ node: 'n2', peer: 'n1', from: 10, to: 29 }] });
    expect(sequences(mine, 'n1').length).toBeLessThan(15);
    expect(sequences(mine, 'n1')).toEqual(sequences(theirs, 'n1'));
  });

  it('shows hellos and throughputs of BATMAN_V where its mask asks for them', () => {
    const v = { algo: 'BATMAN_V', links: [{ a: 'n1', b: 'n2', throughput: 20 }] };
    expect(lines({ ...v, capture: [{ node: 'n1', peer: 'n2', to: 20 }] })).toEqual([]);
    const both = lines({ ...v, capture: [{ node: 'n1', peer: 'n2', from: 10, to: 20, mask: 6 }] }).map(({ p }) => p);
    expect(both.filter((p) => /^BAT n2: ELP via iface n2, seq \d+, v 15, interval 500ms, length 20$/.test(p)).length).toBeGreaterThan(15);
    expect(both.filter((p) => /^BAT n2: OGM2 via neigh n2, seq \d+, throughput MAX, ttl 50, v 15, length 48, tvlv_len 28$/.test(p)).length).toBeGreaterThan(7);
  });
});

describe('settings that change at run time', () => {
  const V = { algo: 'BATMAN_V', nodes: 2, links: [{ a: 'n1', b: 'n2', throughput: 40 }], duration: 60 };
  const hellos = (document: object) => played({ ...V, capture: [{ node: 'n1', peer: 'n2', from: 40, to: 60, mask: 4 }], ...document }).filter((record) => record.k === 'cap' && record.p.startsWith('BAT n2')).length;

  it('are those of the mesh interface: hello intervals belong to single interfaces and stay', () => {
    const event = { t: 20, type: 'setting', node: 'n2', name: 'elp_interval', value: 2_000 };
    expect(hellos({ events: [event] })).toBe(hellos({}));
    expect(hellos({ nodeSettings: { n2: { elp_interval: 2_000 } } })).toBeLessThan(12);
  });

  it('make a gateway, which says so in 12 bytes of every OGM', () => {
    const records = played({ ...LINE, duration: 30, events: [{ t: 10, type: 'setting', node: 'n3', name: 'gw_mode', value: 'server 50mbit/10mbit' }], capture: [{ node: 'n3', to: 30 }] });
    const lengths = records.flatMap((record) => (record.k === 'cap' && record.p.startsWith('BAT n3: OGM IV via neigh n3') ? [[record.t < 10, record.p.slice(record.p.indexOf('tvlv_len'))] as const] : []));
    expect(new Set(lengths.filter(([before]) => before).map(([, text]) => text))).toEqual(new Set(['tvlv_len 28']));
    expect(new Set(lengths.slice(-10).map(([, text]) => text))).toEqual(new Set(['tvlv_len 40']));
  });
});

it('sets an interface up again that was down when its node booted, and leaves the other end alone', () => {
  const events = (a: string, b: string, node: string) => [{ t: 100, type: 'carrier_down', a, b }, { t: 110, type: 'node_down', node, reboot: true }, { t: 120, type: 'node_up', node, reboot: true }];
  const rows = (node: string) => played({ nodes: 2, duration: 140, links: [{ a: 'n1', b: 'n2' }], events: events('n1', 'n2', node) }).flatMap((record) => (record.k === 'orig' && record.n === 'n2' && record.t === 140 ? [record.r.map(([originator]) => originator)] : []));
  const heard = (node: string) => played({ nodes: 2, duration: 140, links: [{ a: 'n1', b: 'n2' }], events: events('n1', 'n2', node), capture: [{ node: 'n2', peer: 'n1', from: 121, to: 140 }] }).filter((record) => record.k === 'cap' && record.p.startsWith('BAT n1')).length;
  expect([rows('n1'), heard('n1') > 10]).toEqual([[['n1']], true]);
  expect(heard('n2')).toBe(0);
});
