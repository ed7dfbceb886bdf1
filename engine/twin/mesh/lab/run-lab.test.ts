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
