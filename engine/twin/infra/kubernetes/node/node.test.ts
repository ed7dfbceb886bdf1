import { describe, expect, test } from 'vitest';
import type { Pod } from '../api/pod';
import { cpuQuotaUs, cpuShares, cpuWeight, cpuWeightOld } from './cpu-shares';
import { budgetStatus, evictionRefusal } from './disruption-budget';
import { planDrain } from './drain';
import { crossedThresholds, nextEviction, rankForEviction, underPressure, workingSet, type PodUse } from './eviction';
import { evictedAt, evictionRate, isLeaseExpired } from './node-lease';
import { oomScoreAdjust } from './oom-score';
import { activeProbes, initialProbe, noticedAfterSeconds, PROBE_DEFAULTS, recordProbe } from './probes';
import { qualityOfService } from './quality-of-service';
import { mayRestartAt, nextBackOff } from './restart-back-off';
import { dropUnhealthy, fenceposts, maxUnavailable, newReplicaTarget, scaledValue, scaleOld, surgeTarget } from './rolling-update';
import { terminate } from './termination';

const MIB = 1024 * 1024;
const pod = (name: string, memory = 0, more: Partial<Pod> = {}): Pod => ({ name, namespace: 'default', labels: {}, containers: [memory === 0 ? {} : { requests: { memory } }], ...more });
const use = (of: Pod, memoryBytes: number): PodUse => ({ pod: of, memoryBytes, diskBytes: 0, inodes: 0, processes: 1 });

describe('quality of service', () => {
  const both = { cpu: 100, memory: MIB };
  test('guaranteed needs equal limits and requests everywhere, best effort nothing anywhere', () => {
    expect(qualityOfService({ containers: [{ requests: both, limits: both }] })).toBe('Guaranteed');
    expect(qualityOfService({ containers: [{ requests: both, limits: both }, {}] })).toBe('Burstable');
    expect(qualityOfService({ containers: [{}], initContainers: [{ requests: { cpu: 1 } }] })).toBe('Burstable');
    expect(qualityOfService({ containers: [{ requests: { cpu: 0, memory: 0, 'example.com/gpu': 1 } }] })).toBe('BestEffort');
    expect(qualityOfService({ containers: [] })).toBe('BestEffort');
  });

  test('resources of the whole pod stand above those of its containers', () => {
    expect(qualityOfService({ containers: [{}], resources: { requests: both, limits: both } })).toBe('Guaranteed');
    expect(qualityOfService({ containers: [{ requests: both }], resources: {} })).toBe('Burstable');
  });

  test('a sidecar is as safe from the OOM killer as the safest regular container', () => {
    const big = { requests: { memory: 900 * MIB } };
    const sidecar = { restartPolicy: 'Always' as const, requests: { memory: 10 * MIB } };
    const both2 = pod('p', 0, { containers: [big], initContainers: [sidecar] });
    expect(oomScoreAdjust(both2, sidecar, 1_000 * MIB)).toBe(oomScoreAdjust(both2, big, 1_000 * MIB));
    expect(oomScoreAdjust(pod('q', 5e12), { requests: { memory: 5e12 } }, 1e13)).toBe(500);
  });
});

describe('rolling update', () => {
  test('surge rounds up, unavailable rounds down, and never both to nothing', () => {
    expect(fenceposts({ replicas: 10, maxSurge: '25%', maxUnavailable: '25%' })).toEqual({ surge: 3, unavailable: 2 });
    expect(fenceposts({ replicas: 1, maxSurge: 0, maxUnavailable: '25%' })).toEqual({ surge: 0, unavailable: 1 });
    expect(maxUnavailable({ replicas: 3, maxSurge: 0, maxUnavailable: '200%' })).toBe(3);
  });

  test('a rollout with 25 % each way never has fewer than 75 % available nor more than 125 % pods', () => {
    const update = { replicas: 8, maxSurge: '25%', maxUnavailable: '25%' };
    let fresh = { replicas: 0, available: 0 };
    let old = { replicas: 8, available: 8 };
    for (let step = 0; step < 20 && (fresh.replicas < 8 || old.replicas > 0); step += 1) {
      fresh = { ...fresh, replicas: newReplicaTarget(update, fresh.replicas, old.replicas) };
      const left = scaleOld(update, fresh, [old])[0]!;
      old = { replicas: left, available: left };
      expect(fresh.replicas + old.replicas).toBeLessThanOrEqual(10);
      expect(fresh.available + old.available).toBeGreaterThanOrEqual(6);
      fresh = { ...fresh, available: fresh.replicas };
    }
    expect([fresh.replicas, old.replicas]).toEqual([8, 0]);
  });

  test('a new set that is too large shrinks at once; the surge alone never shrinks it', () => {
    expect(newReplicaTarget({ replicas: 3, maxSurge: 1, maxUnavailable: 0 }, 5, 0)).toBe(3);
    expect(surgeTarget({ replicas: 1, maxSurge: 1, maxUnavailable: 0 }, 5, 0)).toBe(5);
  });

  test('unhealthy pods of the oldest set go first', () => {
    expect(dropUnhealthy([{ replicas: 5, available: 3 }, { replicas: 4, available: 1 }], 3)).toEqual([3, 3]);
  });

  test('nonsense is not a number of pods', () => {
    for (const text of ['', '%', '-1%', '1e3%', '10', 'ten']) expect(scaledValue(text, 10, true), text).toBeNull();
    expect(scaledValue(1.5, 10, true)).toBeNull();
  });
});

describe('kubelet eviction', () => {
  test('memory pressure comes before disk pressure', () => {
    const crossed = crossedThresholds({ 'nodefs.available': { available: 1, capacity: 100 }, 'memory.available': { available: 50 * MIB, capacity: 1_000 * MIB } });
    expect(crossed.map(({ signal }) => signal)).toEqual(['memory.available', 'nodefs.available']);
    expect(crossedThresholds({ 'memory.available': { available: 100 * MIB, capacity: 1_000 * MIB } })).toEqual([]);
  });

  test('above request, then less important, then furthest above', () => {
    const uses = [
      use(pod('within', 500 * MIB), 400 * MIB),
      use(pod('far', 100 * MIB), 900 * MIB),
      use(pod('near', 100 * MIB), 200 * MIB),
      use(pod('cheap', 100 * MIB, { priority: -5 }), 150 * MIB),
      use(pod('critical', 0, { priority: 2_000_000_000 }), 9_000 * MIB),
    ];
    expect(rankForEviction(uses, 'memory.available').map((entry) => entry.pod.name)).toEqual(['cheap', 'far', 'near', 'within']);
    expect(nextEviction({ 'memory.available': { available: 0, capacity: 1 } }, uses)).toMatchObject({ pod: { name: 'cheap' } });
    expect(nextEviction({ 'memory.available': { available: 1e12, capacity: 1e12 } }, uses)).toBeNull();
  });

  test('the working set leaves out file pages that can be dropped, and the condition lasts', () => {
    expect(workingSet(1_000, 300)).toBe(700);
    expect(workingSet(100, 300)).toBe(0);
    expect([underPressure(0, 299), underPressure(0, 300), underPressure(null, 0)]).toEqual([true, false, false]);
  });
});

describe('disruption budgets', () => {
  test('percentages round up both ways', () => {
    expect(budgetStatus({ minAvailable: '50%' }, { expectedPods: 7, currentHealthy: 7 })).toEqual({ desiredHealthy: 4, disruptionsAllowed: 3 });
    expect(budgetStatus({ maxUnavailable: '30%' }, { expectedPods: 7, currentHealthy: 6 })).toEqual({ desiredHealthy: 4, disruptionsAllowed: 2 });
    expect(budgetStatus({ maxUnavailable: 1 }, { expectedPods: 3, currentHealthy: 2 })).toEqual({ desiredHealthy: 2, disruptionsAllowed: 0 });
  });

  test('a pod that is not ready goes when enough others are healthy, or always if the budget says so', () => {
    const spec = { minAvailable: 2 };
    const status = { desiredHealthy: 2, disruptionsAllowed: 0 };
    expect(evictionRefusal(true, [{ spec, status, currentHealthy: 2 }])).toBe('budget-spent');
    expect(evictionRefusal(false, [{ spec, status, currentHealthy: 2 }])).toBeNull();
    expect(evictionRefusal(false, [{ spec, status, currentHealthy: 1 }])).toBe('budget-spent');
    expect(evictionRefusal(false, [{ spec: { ...spec, unhealthyPodEvictionPolicy: 'AlwaysAllow' }, status, currentHealthy: 1 }])).toBeNull();
    expect(evictionRefusal(true, [{ spec, status, currentHealthy: 9 }, { spec, status, currentHealthy: 9 }])).toBe('several-budgets');
    expect(evictionRefusal(true, [])).toBeNull();
  });
});

describe('drain', () => {
  const entry = (of: Pod, more = {}) => ({ pod: of, mirror: false, localData: false, finished: false, ...more });
  const owned = { owner: { kind: 'ReplicaSet', name: 'r' } };
  test('mirror and ignored daemon pods stay, owned pods go, the rest needs force', () => {
    const pods = [entry(pod('mirror'), { mirror: true }), entry(pod('daemon', 0, { owner: { kind: 'DaemonSet', name: 'd' } })), entry(pod('web', 0, owned)), entry(pod('bare')), entry(pod('local', 0, owned), { localData: true }), entry(pod('done'), { finished: true })];
    const gentle = planDrain(pods, { ignoreDaemonSets: true, force: false, deleteEmptyDirData: false });
    expect([gentle.evict, gentle.stay].map((list) => list.map(({ name }) => name))).toEqual([['web', 'done'], ['mirror', 'daemon']]);
    expect(gentle.blocked.map(({ pod: of, why }) => [of.name, why])).toEqual([['bare', 'no-controller'], ['local', 'local-data']]);
    expect(planDrain(pods, { ignoreDaemonSets: false, force: true, deleteEmptyDirData: true }).blocked.map(({ why }) => why)).toEqual(['daemon-set']);
  });
});

describe('lives of containers and nodes', () => {
  test('back-off doubles to five minutes and forgets after ten good minutes', () => {
    let state = nextBackOff(null, 0, 0);
    const delays = Array.from({ length: 7 }, () => {
      const { delaySeconds } = state;
      state = nextBackOff(state, mayRestartAt(state), mayRestartAt(state) + 1);
      return delaySeconds;
    });
    expect(delays).toEqual([10, 20, 40, 80, 160, 300, 300]);
    expect(nextBackOff(state, 1_000, 1_600).delaySeconds).toBe(10);
  });

  test('a probe turns after enough equal results in a row', () => {
    let state = initialProbe('liveness');
    const results = [false, false, true, false, false, false].map((result) => (state = recordProbe(state, PROBE_DEFAULTS, result)).passing);
    expect(results).toEqual([true, true, true, true, true, false]);
    expect(recordProbe(initialProbe('readiness'), PROBE_DEFAULTS, true).passing).toBe(true);
    expect(activeProbes(initialProbe('startup'))).toEqual(['startup']);
    expect(activeProbes(null)).toEqual(['readiness', 'liveness']);
    expect(noticedAfterSeconds(PROBE_DEFAULTS)).toBe(31);
  });

  test('requests are lost while the endpoint outlives the process, and preStop buys time inside the grace', () => {
    expect(terminate({ graceSeconds: 30, preStopSeconds: 0, shutdownSeconds: 1, endpointRemovalSeconds: 3 })).toEqual({ sigtermAt: 0, stoppedAt: 1, killed: false, lostSeconds: 3 });
    expect(terminate({ graceSeconds: 30, preStopSeconds: 5, shutdownSeconds: 1, endpointRemovalSeconds: 3 }).lostSeconds).toBe(0);
    expect(terminate({ graceSeconds: 30, preStopSeconds: 60, shutdownSeconds: 9, endpointRemovalSeconds: 3 })).toMatchObject({ sigtermAt: 30, stoppedAt: 32, killed: true });
  });

  test('a dead node is noticed after its lease, and its pods go five minutes later', () => {
    expect([isLeaseExpired(0, 50), isLeaseExpired(0, 51)]).toEqual([false, true]);
    expect(evictedAt(100)).toBe(450);
    expect(evictedAt(100, null)).toBe(Infinity);
  });

  test('evictions slow down in a bad zone and stop in a small one', () => {
    expect(evictionRate(100, 10, false)).toBe(0.1);
    expect(evictionRate(100, 55, false)).toBe(0.01);
    expect(evictionRate(50, 40, false)).toBe(0);
    expect(evictionRate(10, 10, true)).toBe(0);
    expect(evictionRate(10, 10, false)).toBe(0.1);
  });

  test('one core weighs 39 by the old curve and 100 by the new one', () => {
    expect(cpuShares(1_000)).toBe(1_024);
    expect([cpuWeightOld(1_024), cpuWeight(1_024)]).toEqual([39, 100]);
    expect([cpuWeight(2), cpuWeight(262_144), cpuShares(0), cpuShares(1e9)]).toEqual([1, 10_000, 2, 262_144]);
    expect([cpuQuotaUs(500), cpuQuotaUs(1), cpuQuotaUs(null)]).toEqual([50_000, 1_000, null]);
  });
});
