import { describe, expect, it } from 'vitest';
import { parseHostRecord, runHostRecord } from './index';
import { readTable } from './read-inputs';

const SERVICE = { id: 'S1', experiment: 'D', server: { mode: 'loop', threads: 1, cpus: '0' }, work: { dist: 'det', meanMs: 5 }, loadgen: { cpus: '1', spin: true }, probe: { concurrency: 4, durationS: 2 }, loads: [0.5], durationsS: [3], warmS: 1, drainS: 2, reps: 1 };
const issues = (value: unknown) => {
  const read = parseHostRecord(value);
  return read.ok ? [] : read.error;
};

describe('reading a host record', () => {
  it.each([null, 7, 'text', [], {}, { experiment: 'D' }, { experiment: 'Z', id: 'x' }, { scenario: 3, experiment: 'A' }, { runs: {}, scenario: SERVICE, experiment: 'D', id: 'x' }])('says what is wrong with %j and does not throw', (value) => {
    const read = parseHostRecord(value);
    if (!read.ok) for (const issue of read.error) expect(issue.message.length * issue.suggestion.length).toBeGreaterThan(0);
    else expect(read.value.id).toBe('x');
  });

  it('names the path of everything that is wrong at once', () => {
    const paths = issues({ ...SERVICE, loads: [0.5, -1], server: { mode: 'fast' }, work: { dist: 'exp' } }).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['loads[1]', 'server.mode', 'work.meanMs', 'durationsS']));
  });

  it('refuses CPUs that the host does not have and quotas that the kernel refuses', () => {
    const messages = issues({ ...SERVICE, server: { mode: 'loop', threads: 1, cpus: '7', quotaUs: 10 } }).map(({ message }) => message);
    expect(messages).toEqual([expect.stringContaining('no CPUs'), expect.stringContaining('under 1 ms')]);
  });

  it('refuses a child group whose parent is not listed before it', () => {
    expect(issues({ id: 'x', experiment: 'A', durationS: 5, groups: [{ name: 'p/a', procs: [{ kind: 'busy' }] }] }).map(({ path }) => path)).toEqual(['groups']);
  });

  it('refuses control files that are none, and CPU lists in them that the host does not have', () => {
    const group = (set: unknown) => issues({ id: 'x', experiment: 'A', durationS: 5, groups: [{ name: 'g', set, procs: [{ kind: 'busy' }] }] }).map(({ path }) => path);
    expect(group([1])).toEqual(['groups[0].set']);
    expect(group({ 'cpuset/cpuset.cpus': '9' })).toEqual(['groups[0].set.cpuset/cpuset.cpus']);
    expect(group({ 'cpu/cpu.shares': 512 })).toEqual([]);
  });

  it('plays a scenario that has no record: probe, arrivals and capacity are its own', () => {
    const read = parseHostRecord(SERVICE);
    const [run] = read.ok ? runHostRecord(read.value, 1).runs : [];
    expect(run).toMatchObject({ rep: 1, load: 0.5, durationS: 3 });
    expect(Number(run?.['capacityRps'])).toBeGreaterThan(180);
    expect(Number(run?.['meanMs'])).toBeGreaterThan(5);
  });

  it('does not look at measured values: without them the runs are the same', () => {
    const probe = { throughputRps: 195, cpuPerReqMs: 5.1, meanWorkMs: 5 };
    const record = (measured: object) => ({ id: 'S1', experiment: 'D', scenario: SERVICE, host: { cpus: 2 }, runs: [{ rep: 1, load: 0.5, probe, ...measured }] });
    const runs = [record({}), record({ meanMs: 99, p50Ms: 98, throughputRps: 1 })].map((value) => {
      const read = parseHostRecord(value);
      return read.ok ? runHostRecord(read.value, 4).runs : undefined;
    });
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).toHaveLength(1);
  });

  it('drops and counts rows of an input file that are no numbers', () => {
    const table = readTable('at_us,work_us\n1,2\nx,3\n4\n5,\n');
    expect(table.rows).toHaveLength(2);
    expect(table.dropped).toBe(2);
  });
});
