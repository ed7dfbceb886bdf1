import { describe, expect, it } from 'vitest';
import type { CpuLabScenario } from './cpu-lab-scenario';
import { runCpuExperiment } from './run-cpu-experiment';

const DRAWS = 3;

function play(scenario: CpuLabScenario) {
  const [run] = runCpuExperiment({ id: 'x', experiment: 'A', scenario, host: { cpus: 1 }, runs: [{ rep: 1 }] }, [], 1, DRAWS);
  return run!;
}

describe('a scenario of processes in control groups', () => {
  it('takes control files that are written before it starts, and passes those of other controllers by', () => {
    const set = { 'cpu/cpu.cfs_quota_us': 30_000, 'memory/memory.swappiness': 0 };
    const { groups } = play({ durationS: 4, groups: [{ name: 'g', set, procs: [{ kind: 'busy' }] }] });
    expect(groups['g']!.cpu).toBeCloseTo(0.3, 1);
  });

  it('starts a killed loop again after its delay, longer each time', () => {
    const restart = { delayS: 1, factor: 2 };
    const kill = (tS: number) => ({ tS, action: 'kill', label: 'g/busy' });
    const { groups, events } = play({ durationS: 10, warmS: 0, groups: [{ name: 'g', procs: [{ kind: 'busy', restart }] }], events: [kill(2), kill(5)] });
    expect(groups['g']!.cpu).toBeCloseTo(0.7, 1);
    expect(events.filter(({ action }) => action === 'restart').map(({ tS }) => Math.round(tS))).toEqual([3, 7]);
  });

  it('gives up when a loop was started again often enough', () => {
    const { groups } = play({ durationS: 10, warmS: 0, groups: [{ name: 'g', procs: [{ kind: 'busy', restart: { delayS: 1, maxTries: 0 } }] }], events: [{ tS: 4, action: 'kill', label: 'g/busy' }] });
    expect(groups['g']!.cpu).toBeCloseTo(0.4, 1);
  });

  it('lets a process that comes late serve its own items from then on', () => {
    const proc = { kind: 'duty', duty: { arrival: 'periodic', periodMs: 20, work: { dist: 'det', meanMs: 5 } } } as const;
    const { groups } = play({ durationS: 8, warmS: 0, groups: [{ name: 'g', procs: [] }], events: [{ tS: 4, action: 'spawn', group: 'g', proc }] });
    expect(groups['g']!.cpu).toBeGreaterThan(0.12);
    expect(groups['g']!.cpu).toBeLessThan(0.15);
  });

  it('leaves a process dead that is killed while it waits for its next item', () => {
    const procs = [{ kind: 'duty', duty: { arrival: 'periodic', periodMs: 500, work: { dist: 'det', meanMs: 100 } } }] as const;
    const { groups } = play({ durationS: 8, warmS: 2.3, groups: [{ name: 'g', procs }], events: [{ tS: 2.2, action: 'kill', label: 'g/duty' }] });
    expect(groups['g']!.cpu).toBe(0);
  });
});
