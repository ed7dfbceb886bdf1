import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schedule, seconds, type TimeUs } from '@/engine/kernel';
import { advanceWorld, applyCommand, compileWorld, EventKind, forkWorld, scheduleFault, shareDirtyNodes, worldHash, type Command, type FaultSpec, type World } from '@/engine/twin';
import { cluster, node, service } from './testing/small-cluster';

const pool = { name: 'pool', cpuMillicores: 2_000, memoryMib: 2_048, usdPerHour: 0.1, min: 1, max: 5, bootSeconds: 8, spot: true };
const nodes = [node('n1', { zone: 'a', spot: true }), node('n2', { zone: 'b', group: 'pool' }), node('n3', { zone: 'c', taints: [{ key: 'batch', effect: 'PreferNoSchedule' }] })];
const services = [
  service('web', { replicas: 4, demand: { meanMs: 90, law: 'exponential' }, cpuRequestMillicores: 400, disruptionBudget: { maxUnavailable: 1 }, autoscaler: { min: 2, max: 9, metrics: [{ kind: 'Resource', resource: 'cpu', utilizationPercent: 50 }], behavior: { scaleDown: { stabilizationWindowSeconds: 10 } } }, pod: { priority: 10, probes: { readiness: { periodSeconds: 3 }, liveness: { periodSeconds: 5 } }, preStopSeconds: 1, image: { name: 'web', mib: 120 } }, rollout: { maxSurge: 1, maxUnavailable: 1 }, startUp: { meanMs: 1_500, cv: 0.3 } }),
  service('batch', { replicas: 5, cpuRequestMillicores: 500, memoryMib: 300, memoryLimitMib: 500, startUp: { meanMs: 900 }, pod: { topologySpread: [{ maxSkew: 2, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'batch' } } }] } }),
];
const system = cluster({ nodes, services, rps: [4, 14], cluster: { nodeGroups: [pool], nodeAutoscaler: { kind: 'cluster-autoscaler', unneededSeconds: 15, delayAfterAddSeconds: 5 }, scrapeSeconds: 3, hpaSyncSeconds: 4, nodeMonitorGraceSeconds: 4, notReadyTolerationSeconds: 5, endpointRemovalMs: 400 } });

const END = seconds(60);
const second = fc.integer({ min: 1, max: 50 });
const fault: fc.Arbitrary<FaultSpec> = fc.tuple(second, fc.option(fc.integer({ min: 2, max: 20 }), { nil: undefined })).chain(([atSeconds, lastsSeconds]) =>
  fc.oneof(
    fc.constantFrom('n1', 'n2', 'n3').map((name): FaultSpec => ({ atSeconds, lastsSeconds, kind: 'node-down', node: name })),
    fc.constant<FaultSpec>({ atSeconds, lastsSeconds, kind: 'spot-reclaim', node: 'n1' }),
    fc.constant<FaultSpec>({ atSeconds, lastsSeconds, kind: 'kill-replica', service: 'web', count: 2 }),
    fc.constant<FaultSpec>({ atSeconds, lastsSeconds, kind: 'memory-leak', service: 'batch', mibPerSecond: 60 }),
  ),
);
const VOLUNTARY = ['drain-node', 'remove-node', 'restore-node', 'cordon-node', 'uncordon-node'] as const;
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(fc.constantFrom('web', 'batch'), fc.integer({ min: 1, max: 9 })).map(([name, replicas]): Command => ({ kind: 'set-replicas', service: name, replicas })),
  fc.constantFrom('n1', 'n2', 'n3').chain((name) => fc.constantFrom(...VOLUNTARY).map((kind): Command => ({ kind, node: name }))),
  fc.constantFrom('web', 'batch').map((name): Command => ({ kind: 'roll-out', service: name })),
  fc.constant<Command>({ kind: 'roll-out', service: 'batch', cpuRequestMillicores: 700 }),
);
type Script = { readonly seed: number; readonly faults: readonly FaultSpec[]; readonly commands: readonly (readonly [number, Command])[] };
const script: fc.Arbitrary<Script> = fc.record({ seed: fc.integer({ min: 0, max: 1e9 }), faults: fc.array(fault, { maxLength: 3 }), commands: fc.array(fc.tuple(second, command), { minLength: 3, maxLength: 12 }) });

function begun({ seed, faults, commands }: Script, of = system): World {
  const world = compileWorld(of, seed);
  for (const each of faults) scheduleFault(world, each);
  for (const [at, order] of commands) schedule(world.queue, seconds(at), EventKind.action, world.actions.push({ atUs: seconds(at), command: order }) - 1);
  return world;
}

const active = (world: World, index: number) => world.infra.services[index]!.replicas.map((r) => world.infra.replicas[r]!).filter(({ phase }) => phase !== 'draining');
const runs = { numRuns: 24, seed: 20261121 };

/** Looks at the world four times a second. */
function watch(world: World, look: () => void): void {
  for (let at = 0; at <= END; at += 250_000) {
    advanceWorld(world, at as TimeUs);
    look();
  }
}

describe('the control plane', () => {
  test('keeps as many pods as are wanted: running, starting or waiting; more only while a rollout surges', () => {
    fc.assert(
      fc.property(script, (of) => {
        const world = begun(of);
        watch(world, () =>
          world.infra.services.forEach(({ wantedReplicas, rules }, index) => {
            const pods = active(world, index).length;
            if (!rules.rolling) expect(pods).toBe(wantedReplicas);
            else expect(Math.abs(pods - wantedReplicas)).toBeLessThanOrEqual(4);
          }),
        );
      }),
      runs,
    );
  });

  test('never promises more of a node than it has, and lists every pod exactly where it is', () => {
    fc.assert(
      fc.property(script, (of) => {
        const world = begun(of);
        watch(world, () => {
          const { nodes: all, replicas, cluster: state } = world.infra;
          all.forEach((each, index) => {
            const pods = each.replicas.map((r) => replicas[r]!);
            expect(pods.reduce((sum, { cpuRequest }) => sum + cpuRequest, 0)).toBeLessThanOrEqual(each.allocatableMillicores);
            expect(pods.reduce((sum, { memoryRequestBytes }) => sum + memoryRequestBytes, 0)).toBeLessThanOrEqual(each.allocatableBytes);
            expect(pods.every((pod) => pod.node === index && pod.phase !== 'gone' && pod.phase !== 'pending')).toBe(true);
          });
          const waiting = replicas.filter(({ phase }) => phase === 'pending').map(({ index }) => index);
          expect([...state.pending].sort((x, y) => x - y)).toEqual(waiting);
        });
      }),
      runs,
    );
  });

  test('evicts voluntarily only as far as disruption budgets allow', () => {
    // a fixed size, no faults and no rollouts, which budgets do not bind: what drains, removals and the node autoscaler leave is exact
    const quiet = { ...system, services: system.services.map((spec) => ({ ...spec, autoscaler: undefined })) };
    const orders = fc.array(fc.tuple(second, fc.constantFrom('n1', 'n2', 'n3'), fc.constantFrom(...VOLUNTARY)), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), orders, (seed, list) => {
        const world = begun({ seed, faults: [], commands: list.map(([at, name, kind]) => [at, { kind, node: name }]) }, quiet);
        watch(world, () => expect(active(world, 0).filter(({ phase, unready }) => phase === 'ready' && !unready).length).toBeGreaterThanOrEqual(3));
      }),
      runs,
    );
  });

  test('has one future per seed: in slices, and from a fork at any time', () => {
    fc.assert(
      fc.property(script, fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 60_000_000 }), (of, slice, at) => {
        const whole = begun(of);
        advanceWorld(whole, END);
        const sliced = begun(of);
        while (!advanceWorld(sliced, END, slice));
        const original = begun(of);
        advanceWorld(original, at as TimeUs);
        const fork = forkWorld(original);
        advanceWorld(fork, END);
        advanceWorld(original, END);
        expect([worldHash(sliced), worldHash(fork), worldHash(original)]).toEqual([worldHash(whole), worldHash(whole), worldHash(whole)]);
      }),
      runs,
    );
  });

  test('a command on a fork leaves the original alone', () => {
    fc.assert(
      fc.property(script, command, (of, order) => {
        const world = begun(of);
        advanceWorld(world, seconds(25));
        const before = worldHash(world);
        const fork = forkWorld(world);
        applyCommand(fork, order);
        shareDirtyNodes(fork);
        advanceWorld(fork, END);
        expect(worldHash(world)).toBe(before);
      }),
      { ...runs, numRuns: 8 },
    );
  });
});
