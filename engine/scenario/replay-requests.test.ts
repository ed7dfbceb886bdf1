/** A recording in which a service counts the requests of a container: they become the program's own, and a quota is rehearsed for what it does to them. */
import { expect, test } from 'vitest';
import { seconds, type TimeUs } from '@/engine/kernel';
import { DEFAULT_POLICY, measureMetric, type Decision } from '@/engine/loop';
import { countRequests, NO_SYSTEM_HINTS, type Frame, type HostSample, type RecordingManifest } from '@/engine/telemetry';
import { advanceWorld, applyCommand, compileWorld, forkWorld, reseedWorld, takeFrames, type SystemSpec } from '@/engine/twin';
import { advanceReplay, startReplay } from './replay';

const truth: SystemSpec = {
  nodes: [], services: [], loads: [],
  hosts: [{
    name: 'box', cpus: 2, memoryMib: 1_024,
    groups: [{ name: 'web-1/api', quotaMs: 40, memoryLimitMib: 256 }],
    programs: [{ name: 'web-1/api', group: 'web-1/api', load: { kind: 'requests', rps: 38, lanes: 2, cpu: { meanMs: 8, cv: 0.6 }, wait: { meanMs: 12, cv: 0.6 } }, memoryMib: 100 }],
  }],
};
const manifest: RecordingManifest = { formatVersion: 1, id: 'box', title: 'box', made: { date: '', how: '', command: '' }, sources: [], startedAt: '2026-01-01T00:00:00Z', seconds: 180, scrapeSeconds: 1, rows: 0, signals: [], labels: [], faults: [], system: { ...NO_SYSTEM_HINTS, services: [{ name: 'api', lanes: 2, startUpSeconds: 1, node: null, calls: [] }] } };

/** What a recorder sees from outside: CPU and memory by group, requests by service. */
function recorded(frame: Frame): Frame {
  const services = frame.services.filter(({ service }) => service === 'box/web-1/api').map((sample) => ({ ...sample, service: 'api', replicas: null, replicasReady: null, inFlight: null }));
  const hosts = (frame.hosts ?? []).map((host): HostSample => ({
    ...host, waitingTasks: null, outside: null, upkeep: null, reboots: null, resumes: null,
    groups: host.groups.map((group) => ({ ...group, waitingTasks: null, throttledTasks: null, cpus: null })),
    programs: host.programs.map((program) => ({ ...program, nice: null, arrivedRps: null, servedRps: null, failedRps: null, queued: null, inWork: null, latencyMeanMs: null, latencyP50Ms: null, latencyP95Ms: null, latencyP99Ms: null, spent: null, logBytes: null, startsInSeconds: null, backOffSeconds: null })),
  }));
  return { ...frame, source: 'recorded', services, hosts: countRequests(hosts, services) };
}

const world = compileWorld(truth, 5);
advanceWorld(world, seconds(180));
const frames = takeFrames(world).map(recorded);
const replay = startReplay({ manifest, frames }, { ...DEFAULT_POLICY, windowSeconds: 20, rehearsalSeeds: 4, settleSeconds: 8, verifySeconds: 20 });

test('the program gets its requests: their rate, CPU and waiting as in the host that made them', () => {
  const { load } = replay.config.system.hosts![0]!.programs[0]!;
  expect(load).toMatchObject({ kind: 'requests', lanes: 2 });
  if (load.kind !== 'requests') return;
  expect(load.rps).toBeGreaterThan(36);
  expect(load.rps).toBeLessThan(40);
  expect(load.cpu.meanMs).toBeGreaterThan(7.6);
  expect(load.cpu.meanMs).toBeLessThan(8.6);
  expect(load.wait!.meanMs).toBeGreaterThan(4);
  expect(load.wait!.meanMs).toBeLessThan(22);
  expect(replay.hostNotes.join(' ')).toContain('web-1/api on box gets the requests of the service of that name');
});

test('more quota is promised as latency, and the host that made the recording keeps the promise', () => {
  const decisions: Decision[] = [];
  for (let decision = advanceReplay(replay); decision !== null; decision = advanceReplay(replay)) decisions.push(decision);
  const plan = decisions.findLast(({ chosen }) => chosen !== null)!.chosen!;
  expect(plan.body.steps[0]!.command).toMatchObject({ kind: 'set-quota', group: 'web-1/api' });
  const subject = 'box/web-1/api';
  const p95 = plan.body.predicted.find((each) => each.metric === 'latencyP95Ms' && each.subject === subject)!;
  expect(p95.upper).toBeLessThan(plan.body.doNothing.find((each) => each.metric === 'latencyP95Ms' && each.subject === subject)!.mean);
  const future = forkWorld(world);
  reseedWorld(future, 77);
  for (const { command } of plan.body.steps) expect(applyCommand(future, command).ok).toBe(true);
  advanceWorld(future, seconds(188) as TimeUs);
  takeFrames(future);
  advanceWorld(future, seconds(208) as TimeUs);
  const measured = measureMetric('latencyP95Ms', subject, takeFrames(future), truth)!;
  expect(measured).toBeGreaterThan(p95.lower);
  expect(measured).toBeLessThan(p95.upper);
});

test('a name that two programs bear, or that no service has, counts nobody’s requests', () => {
  const [frame] = frames;
  const twice = countRequests([...frame!.hosts!.map((host) => ({ ...host, programs: host.programs.map((program) => ({ ...program, arrivedRps: null })) })), { ...frame!.hosts![0]!, host: 'other', programs: [{ ...frame!.hosts![0]!.programs[0]!, program: 'web-2/api', arrivedRps: null }] }], frame!.services);
  expect(twice.flatMap(({ programs }) => programs.map(({ arrivedRps }) => arrivedRps))).toEqual([null, null]);
  const none = countRequests(frame!.hosts!, [{ ...frame!.services[0]!, service: 'shop' }]);
  expect(none).toBe(frame!.hosts);
});
