import { describe, expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceWorld } from '../../advance-world';
import { scheduleFault } from '../../apply-fault';
import { compileWorld } from '../../compile-world';
import type { FaultSpec } from '../../fault';
import { parseSystem } from '../../read-system';
import type { ServiceSpec, SystemSpec } from '../../system-spec';
import { takeFrames, type World } from '../../world';
import type { CallSpec } from './call-policy';

const base = { startUp: { meanMs: 1_000 }, cpuRequestMillicores: 100, memoryMib: 64 };

function system(call: Partial<CallSpec>, rps: number): SystemSpec {
  const front: ServiceSpec = { ...base, name: 'front', replicas: 1, lanes: 200, queueLimit: 5_000, demand: { meanMs: 0.1 }, calls: [{ service: 'back', perRequest: 1, ...call }] };
  const back: ServiceSpec = { ...base, name: 'back', replicas: 1, lanes: 1, queueLimit: 5_000, demand: { meanMs: 10, law: 'exponential' } };
  const spec: SystemSpec = { nodes: [{ name: 'n', cpuMillicores: 8_000, memoryMib: 8_192, usdPerHour: 0.1 }], services: [front, back], loads: [{ service: 'front', arrivals: 'poisson', profile: { kind: 'constant', rps } }] };
  const read = parseSystem(JSON.parse(JSON.stringify(spec)));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function lived(spec: SystemSpec, until: number, faults: readonly FaultSpec[] = []): World {
  const world = compileWorld(spec, 11);
  for (const fault of faults) scheduleFault(world, fault);
  advanceWorld(world, seconds(until));
  return world;
}

const slow: FaultSpec = { kind: 'slow-service', service: 'back', extraMs: 2_000, atSeconds: 20, lastsSeconds: 10 };
const stateOf = (world: World) => world.infra.services[0]!.calls[0]!.state;
const clients = (world: World) => world.infra.client.total;

test('without a policy a call waits as long as it takes', () => {
  const world = lived(system({}, 20), 60, [slow]);
  expect(clients(world).failed).toBe(0);
  expect(stateOf(world)).toMatchObject({ timedOut: 0, retried: 0, rejected: 0 });
});

test('a time-out fails the caller, and the callee works on for nobody', () => {
  const world = lived(system({ timeoutMs: 500 }, 20), 60, [slow]);
  const { timedOut } = stateOf(world);
  expect(timedOut).toBeGreaterThan(100);
  expect(clients(world).failed).toBe(timedOut);
  expect(world.infra.services[1]!.total.served).toBeGreaterThan(clients(world).served);
});

test('a retry hides a short failure from the client', () => {
  const outage: FaultSpec = { kind: 'kill-replica', service: 'back', count: 1, atSeconds: 20 };
  const alone = lived(system({ timeoutMs: 500 }, 20), 60, [outage]);
  const retried = lived(system({ timeoutMs: 500, retries: { max: 5, backOffMs: 400 } }, 20), 60, [outage]);
  expect(clients(retried).failed).toBeLessThan(clients(alone).failed / 2);
  expect(stateOf(retried).retried).toBeGreaterThan(0);
});

describe('retry storm', () => {
  const hiccup: FaultSpec = { ...slow, atSeconds: 20, lastsSeconds: 15 };
  const after = (world: World) => takeFrames(world).filter(({ atUs }) => atUs > seconds(80)).reduce((sum, frame) => sum + (frame.services.find(({ service }) => service === 'back')?.offeredRps ?? 0), 0);

  test('retries without a budget keep a callee down long after its trouble; a budget or a breaker lets it recover', () => {
    const retries = { max: 3, backOffMs: 50 };
    const storm = lived(system({ timeoutMs: 400, retries }, 70), 120, [hiccup]);
    const budgeted = lived(system({ timeoutMs: 400, retries: { ...retries, budgetShare: 0.1 } }, 70), 120, [hiccup]);
    const broken = lived(system({ timeoutMs: 400, retries, breaker: { failures: 10, openSeconds: 3 } }, 70), 120, [hiccup]);
    const failedShare = (world: World) => clients(world).failed / clients(world).offered;
    expect(failedShare(storm)).toBeGreaterThan(2 * failedShare(broken));
    expect(failedShare(storm)).toBeGreaterThan(failedShare(budgeted));
    expect(stateOf(budgeted).retried).toBeLessThan(stateOf(storm).retried / 4);
    expect(after(storm)).toBeGreaterThan(1.5 * after(budgeted));
  });
});

test('a breaker turns calls away at once while it is open, and lets one through when its time is up', () => {
  const world = lived(system({ timeoutMs: 300, breaker: { failures: 5, openSeconds: 2 } }, 40), 60, [slow]);
  const { rejected, timedOut, failuresInRow } = stateOf(world);
  expect(rejected).toBeGreaterThan(200);
  expect(timedOut).toBeLessThan(60);
  expect(failuresInRow).toBe(0);
});

test('policies are read with their limits, and what is wrong is named by its path', () => {
  const read = parseSystem({ ...system({}, 1), services: [{ ...base, name: 'a', replicas: 1, lanes: 1, demand: { meanMs: 1 }, calls: [{ service: 'a', perRequest: 1, timeoutMs: 0, retries: { max: 0, backOffMs: -1 }, breaker: { failures: 1 }, patience: 3 }] }], loads: [] });
  expect(read.ok).toBe(false);
  if (!read.ok) expect(read.error.map(({ path }) => path)).toEqual(expect.arrayContaining(['services[0].calls[0].timeoutMs', 'services[0].calls[0].retries.max', 'services[0].calls[0].retries.backOffMs', 'services[0].calls[0].breaker.openSeconds', 'services[0].calls[0].patience']));
});
