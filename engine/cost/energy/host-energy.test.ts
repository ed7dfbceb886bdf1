import { describe, expect, test } from 'vitest';
import { runHosts, type TaskTrace } from './host-energy';

const machine = { idleWatts: 100, maxWatts: 200, model: 'linear' as const };
const HOUR_MS = 3_600_000;

/** One fragment per task: [submitted, lasts, demand]. */
function traceOf(tasks: readonly (readonly [number, number, number])[]): TaskTrace {
  return {
    submittedMs: Float64Array.from(tasks, ([submitted]) => submitted),
    firstFragment: Int32Array.from(tasks, (_, i) => i),
    fragmentCount: Int32Array.from(tasks, () => 1),
    durationMs: Float64Array.from(tasks, ([, lasts]) => lasts),
    demand: Float64Array.from(tasks, ([, , demand]) => demand),
  };
}

describe('runHosts', () => {
  test('hosts draw idle power all the time and the rest with their utilization', () => {
    const run = runHosts(traceOf([[0, HOUR_MS, 5], [0, HOUR_MS, 10]]), { count: 3, capacity: 10, machine }, null);
    expect(run).toEqual({ tasksCompleted: 2, energyJ: 3_600 * (3 * 100 + 50 + 100), carbonG: null, makespanSeconds: 3_600, meanUtilization: 0.5 });
  });

  test('a task waits for the first host that is free, and nobody overtakes', () => {
    const run = runHosts(traceOf([[0, 3_000, 10], [0, 1_000, 10], [500, 1_000, 10], [600, 1_000, 10]]), { count: 2, capacity: 10, machine }, null);
    expect(run.makespanSeconds).toBe(3);
    expect(runHosts(traceOf([[0, 3_000, 10], [0, 1_000, 10]]), { count: 1, capacity: 10, machine }, null).makespanSeconds).toBe(4);
  });

  test('demand above the host counts as full use', () => {
    expect(runHosts(traceOf([[0, 1_000, 99]]), { count: 1, capacity: 10, machine }, null).energyJ).toBe(200);
  });

  test('carbon follows the grid inside a fragment', () => {
    const intensity = { fromMs: Float64Array.of(0, HOUR_MS, 2 * HOUR_MS), gramsPerKwh: Float64Array.of(100, 300, 1_000) };
    const run = runHosts(traceOf([[HOUR_MS / 2, HOUR_MS, 10]]), { count: 1, capacity: 10, machine }, intensity);
    expect(run.carbonG).toBeCloseTo(0.2 * (0.5 * 100 + 0.5 * 300), 9);
    const late = runHosts(traceOf([[10 * HOUR_MS, HOUR_MS, 10]]), { count: 1, capacity: 10, machine }, intensity);
    expect(late.carbonG).toBeCloseTo(200, 9);
  });

  test('no tasks draw nothing', () => {
    expect(runHosts(traceOf([]), { count: 5, capacity: 10, machine }, null)).toMatchObject({ tasksCompleted: 0, energyJ: 0, meanUtilization: 0 });
  });
});
