/** Measured medians are from our recordings of a 2-CPU virtual machine (Linux 6.18, November 2026; five to ten starts each). */
import { expect, test } from 'vitest';
import { detectionMs, programByName, runStartUp, simulateStart, START_UP_PROGRAMS, type StartUpCondition } from './index';

const QUOTA = { name: 'quota 50%', quotaUs: 50_000 };
const HOG = { name: 'one busy neighbour', hogs: 1 };
const startOf = (name: string, condition: StartUpCondition, warmUpMs = 0) => runStartUp({ program: name, cpus: [0], hostCpus: 2, warmUpMs, conditions: [condition] }, programByName(name)!, 7)[0]!.summary;
const within = (value: number, measured: number) => expect(Math.abs(value / measured - 1)).toBeLessThan(0.15);

test.each([
  ['node', 69.15], ['nginx', 6.29], ['haproxy', 22.09], ['postgres', 28.51],
])('an idle start of %s takes %f ms', (program, measured) => within(startOf(program, { name: 'idle' }).readyMedianMs, measured));

test.each([
  ['node', 125.35, 0], ['node', 1_352.13, 600], ['nginx', 25.42, 0], ['haproxy', 58.76, 0], ['postgres', 51.12, 0], ['sh', 21.3, 0],
])('beside a busy neighbour %s starts in %f ms (warm-up %i ms), from its idle profile alone', (program, measured, warmUp) => within(startOf(program, HOG, warmUp).readyMedianMs, measured));

test.each([
  ['node', 70.07, 0], ['node', 1_298.21, 600], ['haproxy', 24.2, 0], ['postgres', 24.7, 0],
])('under half a CPU of quota %s starts in %f ms (warm-up %i ms)', (program, measured, warmUp) => within(startOf(program, QUOTA, warmUp).readyMedianMs, measured));

test.each([
  ['node', 88.93], ['nginx', 30.03], ['postgres', 82.75],
])('with cold caches %s starts in %f ms', (program, measured) => within(startOf(program, { name: 'cold', cold: true }).readyMedianMs, measured));

test('a killed program is back after it was noticed, waited for and started', () => {
  within(startOf('node', { name: 'exit', recover: { detect: 'exit', delayS: 0.5 } }).mttrMedianMs!, 567.66);
  within(startOf('node', { name: 'probe', recover: { detect: 'probe', probeMs: 200, failures: 3, delayS: 0 } }).mttrMedianMs!, 474.72);
  within(startOf('postgres', { name: 'exit', recover: { detect: 'exit', delayS: 1 } }).mttrMedianMs!, 1_067.71);
});

test('more failures and longer intervals of a probe notice later', () => {
  const program = programByName('node')!;
  const noticed = (probeMs: number, failures: number) => detectionMs({ detect: 'probe', delayS: 0, probeMs, failures }, program);
  expect(noticed(200, 4) - noticed(200, 3)).toBe(200);
  expect(noticed(400, 3)).toBeGreaterThan(noticed(200, 3));
});

test('two neighbours cost more than one, and a quota below the demand costs its share', () => {
  const plan = { cpus: [0], hostCpus: 2, seed: 3, hogs: 0, quotaUs: null, periodUs: 100_000, joinMs: 0, bursts: 1, listenCpuMs: 400, pauseMs: 0, listens: false, warmUpCpuMs: 0, answerCpuMs: 0, answerMs: 0 };
  const ready = (more: { readonly hogs?: number; readonly quotaUs?: number }) => simulateStart({ ...plan, ...more }).readyMs;
  expect(ready({})).toBeCloseTo(401, -1);
  expect(ready({ hogs: 1 })).toBeGreaterThan(780);
  expect(ready({ quotaUs: 20_000 })).toBeGreaterThan(1_850);
  expect(ready({ quotaUs: 20_000 })).toBeLessThan(2_050);
});

test('every program of the catalogue starts under every condition, the same for the same seed', () => {
  for (const program of START_UP_PROGRAMS) {
    const once = () => runStartUp({ program: program.program, cpus: [0], hostCpus: 2, conditions: [{ name: 'all', hogs: 1, quotaUs: 30_000, cold: true, reps: 2, recover: { detect: 'exit', delayS: 0.1 } }] }, program, 11);
    const [report] = once();
    expect(report!.summary.mttrMedianMs).toBeGreaterThan(100);
    expect(once()).toEqual([report]);
  }
});

test('a server that fills its caches takes its usual time for it when none is told', () => {
  const [report] = runStartUp({ program: 'nodeWarm', cpus: [0], hostCpus: 2, conditions: [{ name: 'idle', reps: 3 }] }, programByName('nodeWarm')!, 1);
  expect(report!.summary.readyMedianMs).toBeGreaterThan(850);
  expect(report!.summary.cpuMedianMs).toBeGreaterThan(850);
});
