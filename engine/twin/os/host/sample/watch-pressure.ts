/**
 * Pressure of the whole host (/proc/pressure): after every event the tasks of each CPU are told to the kernel's own
 * arithmetic. Runnable and throttled tasks wait for a CPU; starts and requests that read a disk wait for it; who has to
 * reclaim before it gets a page waits for memory. At the system level `cpu full` is zero by definition.
 */
import type { PressureSample } from '@/engine/telemetry';
import { changeTasks, percentOf, pressureGroup, sampleAt, updatePressure, type PressureGroup, type TaskCounts } from '../../cpu';
import type { HostWorld } from '../host-world';

/** `seen`: what was told last of each CPU, as one number; 0 is idle. */
export type HostPressure = { readonly group: PressureGroup; seen: number[] };

const HZ = 250;
const COUNT_MAX = 1_024;

export const hostPressure = (cpus: number): HostPressure => ({ group: pressureGroup(cpus, HZ, 0), seen: Array.from({ length: cpus }, () => 0) });

/** `reclaiming`: on a CPU; `asleep`: until a page is there, or because it took too many. */
type Counts = { running: number; onCpu: number; ioWait: number; reclaiming: number; asleep: number };

export function watchPressure(world: HostWorld): void {
  const { cpu, pressure } = world;
  const counts = cpu.cpus.map((): Counts => ({ running: 0, onCpu: 0, ioWait: 0, reclaiming: 0, asleep: 0 }));
  for (const program of world.programs) {
    const first = program.lanes[0] ?? program.frozen[0];
    if (first === undefined) continue;
    const home = counts[cpu.tasks[first.task]!.cpu]!;
    home.ioWait += program.readsDisk;
    if (program.isStalled) home.asleep += 1;
    else if (program.stalledUntilUs > cpu.nowUs) home.reclaiming += 1;
    for (const { task } of program.lanes) {
      const { state, cpu: on } = cpu.tasks[task]!;
      if (state !== 'running' && state !== 'runnable') continue;
      counts[on]!.running += 1;
      if (state === 'running') counts[on]!.onCpu = 1;
    }
  }
  counts.forEach((each, id) => tell(pressure, id, cpu.nowUs, each));
}

function tell(pressure: HostPressure, cpu: number, nowUs: number, counts: Counts): void {
  const { running, onCpu, ioWait, reclaiming, asleep } = counts;
  const now = (((running * COUNT_MAX + ioWait) * COUNT_MAX + reclaiming) * COUNT_MAX + asleep) * 2 + onCpu;
  if (pressure.seen[cpu] === now) return;
  catchUp(pressure, nowUs);
  pressure.seen[cpu] = now;
  changeTasks(pressure.group, cpu, nowUs, countsOf(counts));
}

/** Who reclaims is on the CPU while it does. */
const countsOf = ({ running, onCpu, ioWait, reclaiming, asleep }: Counts): TaskCounts => ({ running: Math.max(running, reclaiming), onCpu: reclaiming > 0 ? 1 : onCpu, ioWait, memoryStall: reclaiming + asleep, memoryStallRunning: reclaiming, reclaimsOnCpu: reclaiming > 0 });

/** While all CPUs idle the kernel takes no samples; the next one says how many passed. */
function catchUp({ group, seen }: HostPressure, nowUs: number): void {
  if (seen.some((each) => each !== 0)) updatePressure(group, nowUs);
  else if (nowUs * 1_000 >= group.nextSampleNs) sampleAt(group, nowUs * 1_000);
}

/** avg10 in percent, as a reader of /proc/pressure gets it. */
export function samplePressureOf({ pressure, cpu }: HostWorld): PressureSample {
  catchUp(pressure, cpu.nowUs);
  const { cpuSome, memorySome, memoryFull, ioSome, ioFull } = pressure.group.pressures;
  const avg10 = ({ averages }: { readonly averages: readonly number[] }) => percentOf(averages[0]!);
  return { cpuSome: avg10(cpuSome), cpuFull: 0, memorySome: avg10(memorySome), memoryFull: avg10(memoryFull), ioSome: avg10(ioSome), ioFull: avg10(ioFull) };
}
