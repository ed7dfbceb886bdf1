import { describe, expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { NO_SYSTEM_HINTS, type Frame, type SystemHints } from '@/engine/telemetry';
import { advanceWorld, calibrate, compileWorld, scheduleFault, takeFrames, type SystemSpec } from '@/engine/twin';

const truth: SystemSpec = {
  nodes: [{ name: 'box', cpuMillicores: 4_000, memoryMib: 8_192, usdPerHour: 0.2 }],
  services: [
    { name: 'front', replicas: 1, lanes: 1, demand: { meanMs: 1, cv: 0.5 }, calls: [{ service: 'back', perRequest: 1 }], startUp: { meanMs: 1_000 }, cpuRequestMillicores: 100, memoryMib: 64 },
    { name: 'back', replicas: 2, lanes: 1, demand: { meanMs: 9, cv: 0.6 }, wait: { meanMs: 4, cv: 0.6 }, quotaMillicores: 600, startUp: { meanMs: 1_000 }, cpuRequestMillicores: 100, memoryMib: 64 },
  ],
  loads: [{ service: 'front', arrivals: 'poisson', profile: { kind: 'day', meanRps: 55, amplitude: 0.5, daySeconds: 200 } }],
};

const hints: SystemHints = {
  entry: 'front',
  services: [
    { name: 'front', lanes: 1, startUpSeconds: 1, node: 'box', calls: [{ service: 'back', perRequest: 1 }] },
    { name: 'back', lanes: 1, startUpSeconds: 1, node: 'box', calls: [] },
  ],
  nodes: [{ name: 'box', cpuCores: 4, memoryBytes: null, usdPerHour: 0.2 }],
};

function recorded(forSeconds: number, seed = 11): Frame[] {
  const world = compileWorld(truth, seed);
  scheduleFault(world, { kind: 'slow-service', service: 'back', extraMs: 80, atSeconds: 20, lastsSeconds: 15 });
  advanceWorld(world, seconds(forSeconds));
  return takeFrames(world);
}
const faults = [{ kind: 'slow-service', subject: 'back', atSeconds: 20, lastsSeconds: 15 }];

describe('calibration', () => {
  test('finds the demand, its spread and the waiting time that made the recording, and is close on what it did not see', () => {
    const result = calibrate({ frames: recorded(360), hints, faults });
    if (!result.ok) throw new Error(result.error.message);
    const back = result.value.services.find((service) => service.service === 'back')!;
    expect(Math.abs(back.demandMs - 9)).toBeLessThan(0.4);
    expect(Math.abs(back.waitMs - 4)).toBeLessThan(1.5);
    expect(back.cv).toBe(0.6);
    expect(result.value.medianError!).toBeLessThan(0.08);
    expect(result.value.excludedSeconds).toBeGreaterThan(0);
  });

  test('finds the same in frames of ten seconds as in frames of one, and says how many seconds it saw', () => {
    const fine = recorded(360);
    const coarse = Array.from({ length: 36 }, (_, i): Frame => {
      const part = fine.slice(i * 10, i * 10 + 10);
      const mean = (of: (frame: Frame) => number | null) => part.reduce((sum, frame) => sum + (of(frame) ?? 0), 0) / part.length;
      const last = part.at(-1)!;
      return { ...last, windowUs: seconds(10), services: last.services.map((sample, k) => ({ ...sample, offeredRps: mean(({ services }) => services[k]!.offeredRps), servedRps: mean(({ services }) => services[k]!.servedRps), errorRps: mean(({ services }) => services[k]!.errorRps), cpuCores: mean(({ services }) => services[k]!.cpuCores), latencyMeanUs: mean(({ services }) => services[k]!.latencyMeanUs), latencyP95Us: mean(({ services }) => services[k]!.latencyP95Us) })) };
    });
    const [one, ten] = [calibrate({ frames: fine, hints, faults }), calibrate({ frames: coarse, hints, faults })];
    if (!one.ok || !ten.ok) throw new Error('not calibrated');
    const demandOf = ({ services }: typeof one.value) => services.find(({ service }) => service === 'back')!.demandMs;
    expect(Math.abs(demandOf(ten.value) / demandOf(one.value) - 1)).toBeLessThan(0.03);
    expect([ten.value.fittedSeconds, ten.value.heldOutSeconds]).toEqual([one.value.fittedSeconds, one.value.heldOutSeconds].map((value) => expect.closeTo(value, -2)));
    const load = ten.value.system.loads[0]!.profile;
    expect(load.kind === 'series' ? load.rps.length : 0).toBe(360);
  });

  test('refuses what is too short, without services, or without traffic, and says what to record', () => {
    expect(calibrate({ frames: recorded(30), hints, faults: [] })).toMatchObject({ ok: false, error: { code: 'too-short' } });
    const empty = recorded(90).map((frame) => ({ ...frame, services: [] }));
    expect(calibrate({ frames: empty, hints, faults: [] })).toMatchObject({ ok: false, error: { code: 'no-services' } });
    const silent = recorded(90).map((frame) => ({ ...frame, services: frame.services.map((s) => ({ ...s, offeredRps: 0, servedRps: 0, errorRps: 0 })) }));
    expect(calibrate({ frames: silent, hints, faults: [] })).toMatchObject({ ok: false, error: { code: 'no-traffic' } });
  });

  test('lets every service take its own arrivals when nobody said who calls whom, and warns', () => {
    const result = calibrate({ frames: recorded(120), hints: NO_SYSTEM_HINTS, faults: [] });
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.system.loads.map((load) => load.service).sort((x, y) => (x < y ? -1 : 1))).toEqual(['back', 'front']);
    expect(result.value.warnings.join(' ')).toContain('who calls whom');
  });

  test('breaks circles in the recorded calls instead of sending requests round for ever', () => {
    const circular: SystemHints = { ...hints, services: [hints.services[0]!, { ...hints.services[1]!, calls: [{ service: 'front', perRequest: 1 }, { service: 'back', perRequest: 1 }] }] };
    const result = calibrate({ frames: recorded(120), hints: circular, faults: [] });
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.system.services.find((s) => s.name === 'back')!.calls).toEqual([]);
    expect(result.value.warnings.filter((warning) => warning.includes('circle'))).toHaveLength(2);
  });
});
