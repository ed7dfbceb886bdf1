import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { PricesSpec, ServiceSpec, SystemSpec } from '@/engine/twin';
import { idleTotal, type Bill } from './bill';
import { billOfFrames } from './bill-of-frames';

const SEED = { seed: 20261121, numRuns: 120 };
const service = (name: string): ServiceSpec => ({ name, replicas: 2, lanes: 1, demand: { meanMs: 1, cv: 0 }, startUp: { meanMs: 1, cv: 0 }, cpuRequestMillicores: 500, memoryMib: 1_024 });
const system: SystemSpec = {
  nodes: ['n1', 'n2'].map((name) => ({ name, zone: 'us-east-1a', cpuMillicores: 4_000, memoryMib: 16_384, usdPerHour: 0.2, idleWatts: 40, maxWatts: 100, instanceType: 'm7i.xlarge' })),
  services: [service('shop/web'), service('kube-system/dns')],
  loads: [],
};

type Second = { readonly cpu: number; readonly watts: number; readonly up: boolean; readonly paid: boolean; readonly served: number };
const PODS = ['shop/web-1', 'kube-system/dns-1'] as const;

function frameOf({ cpu, watts, up, paid, served }: Second, i: number, windowSeconds: number): Frame {
  return {
    atUs: timeUs((i + 1) * windowSeconds * 1e6), windowUs: timeUs(windowSeconds * 1e6), source: 'simulated', mesh: null, usdPerHour: 0.4, watts: null,
    services: system.services.map(({ name }) => ({ service: name, offeredRps: served, servedRps: served, errorRps: 0, latencyMeanUs: 1, latencyP50Us: 1, latencyP95Us: 1, latencyP99Us: 1, cpuCores: cpu, throttledShare: null, replicas: 2, replicasReady: 2, quotaMillicores: null, inFlight: 0, memoryBytes: 2 ** 30 })),
    nodes: [
      { node: 'n1', up: true, cpuCapacityCores: 4, cpuCores: cpu, cpuPressure: 0, memoryBytes: 0, replicas: PODS, watts },
      { node: 'n2', up, cpuCapacityCores: 4, cpuCores: 0, cpuPressure: 0, memoryBytes: 0, replicas: [], watts: up ? 40 : 0, ...(paid ? {} : { paid: false }) },
    ],
  };
}

const second = fc.record({ cpu: fc.double({ min: 0, max: 4, noNaN: true }), watts: fc.double({ min: 0, max: 300, noNaN: true }), up: fc.boolean(), paid: fc.boolean(), served: fc.double({ min: 0, max: 1e6, noNaN: true }) });
const prices: fc.Arbitrary<PricesSpec> = fc.record({
  book: fc.constantFrom(undefined, 'aws'),
  region: fc.constant('us-east-1'),
  commitments: fc.constantFrom([], [{ name: 'plan', kind: 'compute-savings-plan', discount: 0.3, usdPerHour: 0.1 }], [{ name: 'ri', kind: 'regional-reservation', discount: 0.4, instanceType: 'm7i.xlarge', count: 3 }]),
  volumes: fc.constantFrom([], [{ name: 'data', gib: 500, services: ['shop/web'] }, { name: 'left', gib: 100 }]),
  loadBalancers: fc.constantFrom([], [{ name: 'front', services: ['shop/web'] }]),
  transfers: fc.constantFrom([], [{ service: 'shop/web', kibPerRequest: 64, to: 'internet' }]),
  fees: fc.constantFrom([], [{ name: 'control plane', usdPerHour: 0.1 }]),
  idle: fc.constantFrom({ sharing: 'separate' }, { sharing: 'by-cost', scope: 'node' }, { sharing: 'evenly', scope: 'cluster' }),
  shared: fc.constantFrom(undefined, { namespaces: ['kube-system'], sharing: 'by-cost' }),
});
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const allocated = (bill: Bill) => sum(bill.owners.map(({ total }) => total)) + idleTotal(bill.idle) + bill.unallocated;

describe('a bill', () => {
  test('is the sum of its lines, of its windows, and of its owners, idle and unallocated: to the micro-dollar', () => {
    fc.assert(
      fc.property(fc.array(second, { minLength: 1, maxLength: 12 }), prices, fc.constantFrom(60, 900, 3_600), fc.constantFrom('pod', 'workload', 'namespace'), (seconds, how, windowSeconds, groupBy) => {
        const bill = billOfFrames({ system: { ...system, prices: how }, frames: seconds.map((each, i) => frameOf(each, i, windowSeconds)), groupBy });
        return [sum(bill.lines.map(({ amount }) => amount)), sum(bill.windows.map(({ amount }) => amount)), allocated(bill)].every((total) => total === bill.total) && Number.isInteger(bill.total);
      }),
      SEED,
    );
  });
  test('energy is the sum of its parts, and no owner draws more than the nodes do', () => {
    fc.assert(
      fc.property(fc.array(second, { minLength: 1, maxLength: 12 }), prices, fc.double({ min: 1, max: 3, noNaN: true }), (seconds, how, pue) => {
        const { energy, owners } = billOfFrames({ system: { ...system, prices: how, carbon: { pue } }, frames: seconds.map((each, i) => frameOf(each, i, 60)) });
        const byWork = sum(owners.map(({ millijoules }) => millijoules));
        return energy !== null && energy.total === energy.nodes + energy.volumes + energy.network + energy.overhead && (how.shared !== undefined || byWork + energy.idle === energy.nodes);
      }),
      SEED,
    );
  });

  const steady = (hours: number, more: Partial<Second> = {}) => Array.from({ length: hours }, (_, i) => frameOf({ cpu: 1, watts: 55, up: true, paid: true, served: 10, ...more }, i, 3_600));
  test('a node that has left the bill is not paid; one that is down is', () => {
    expect(billOfFrames({ system, frames: steady(2) }).total).toBe(800_000);
    expect(billOfFrames({ system, frames: steady(2, { up: false }) }).total).toBe(800_000);
    expect(billOfFrames({ system, frames: steady(2, { up: false, paid: false }) }).total).toBe(400_000);
  });
  test('smaller requests on nodes that stay save nothing: what they free is idle', () => {
    const lighter: SystemSpec = { ...system, services: system.services.map((each) => ({ ...each, cpuRequestMillicores: 10, memoryMib: 16 })) };
    const idleFrames = steady(1, { cpu: 0 });
    const [before, after] = [billOfFrames({ system, frames: idleFrames }), billOfFrames({ system: lighter, frames: idleFrames })];
    expect(after.total).toBe(before.total);
    expect(idleTotal(after.idle)).toBeGreaterThan(idleTotal(before.idle));
  });
  test('the book prices a machine that it knows, the system every other one, and the bill says of which day', () => {
    const bill = billOfFrames({ system: { ...system, prices: { book: 'aws', region: 'us-east-1' } }, frames: steady(1) });
    expect(bill).toMatchObject({ total: 2 * 201_600, prices: { book: 'aws', day: '2026-07-20', region: 'us-east-1', unlisted: [] } });
    expect(billOfFrames({ system: { ...system, prices: { book: 'aws', region: 'mars-1', loadBalancers: [{ name: 'l', services: [] }] } }, frames: steady(1) })).toMatchObject({ total: 400_000, prices: { unlisted: ['load-balancer'] } });
  });
  test('carbon follows the grid hour by hour, and making the machine is shared out over its life', () => {
    const series = { stepSeconds: 3_600, gramsPerKwh: [100, 500] };
    const { carbon, windows } = billOfFrames({ system: { ...system, carbon: { series, pue: 1.5, embodied: { machineKg: 1_000, machineCores: 16 } } }, frames: steady(3) });
    expect(windows.map(({ gramsPerKwh }) => gramsPerKwh)).toEqual([100, 500, 100].map((grams) => expect.closeTo(grams, 9)));
    expect(carbon!.operationalG).toBeCloseTo(0.095 * 1.5 * (100 + 500 + 100), 6);
    expect(carbon!.embodiedG).toBeCloseTo((2 * 3 * 1_000_000 * 0.25) / (4 * 8_760), 6);
  });
  test('where nobody says which grid it is, the zone does, and else the average of the world', () => {
    expect(billOfFrames({ system, frames: steady(1) }).carbon!.basis[0]).toContain('us-east-1');
    const nowhere = { ...system, nodes: system.nodes.map(({ zone: _, ...node }) => node) };
    expect(billOfFrames({ system: nowhere, frames: steady(1) }).carbon!.basis[0]).toContain('world average');
  });
  test('without frames there is nothing to pay', () => expect(billOfFrames({ system, frames: [] })).toMatchObject({ total: 0, hours: 0, lines: [], energy: null }));
});
