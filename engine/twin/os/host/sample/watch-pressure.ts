/**
 * Pressure of the whole host (/proc/pressure) and of its groups (cpu.pressure and the like): after every event the tasks of each CPU are
 * told to the kernel's own arithmetic, for their group and all above it. Runnable and throttled tasks wait for a CPU; starts and requests
 * that read a disk wait for it; who has to reclaim before it gets a page, or sleeps above memory.high, waits for memory. At the system level
 * `cpu full` is zero by definition; in a group it is the time in which somebody was runnable and nobody ran.
 */
import type { PressureSample } from '@/engine/telemetry';
import { changeTasks, percentOf, pressureGroup, sampleAt, updatePressure, type PressureGroup, type TaskCounts } from '../../cpu';
import type { HostWorld } from '../host-world';

/** `seen`: what was told last of each CPU, as one number; 0 is idle. */
type Watched = { readonly group: PressureGroup; seen: number[] };
/** Of the host, then of its groups; `lines` are the places of a group, from itself to the host. */
export type HostPressure = { readonly places: Watched[]; readonly lines: number[][] };

const HZ = 250;
const COUNT_MAX = 1_024;
const HOST = 0;

/** `parents`: of each group, −1 below the root; parents come first. */
export function hostPressure(cpus: number, parents: readonly number[]): HostPressure {
  const lines: number[][] = [];
  parents.forEach((parent, group) => lines.push([group + 1, ...(lines[parent] ?? [HOST])]));
  return { places: Array.from({ length: parents.length + 1 }, () => ({ group: pressureGroup(cpus, HZ, 0), seen: Array.from({ length: cpus }, () => 0) })), lines };
}

/** What the tasks of one place do on one CPU, side by side in one array. `reclaiming`: on the CPU; `asleep`: until a page is there, or because it took too many. */
const Field = { running: 0, onCpu: 1, ioWait: 2, reclaiming: 3, asleep: 4 } as const;
const FIELDS = 5;

export function watchPressure(world: HostWorld): void {
  const { cpu, pressure, trouble, programs } = world;
  const cpus = cpu.cpus.length;
  const counts = new Int32Array(pressure.places.length * cpus * FIELDS);
  for (const program of programs) {
    const first = program.lanes[0] ?? program.frozen[0];
    if (first === undefined) continue;
    const line = pressure.lines[program.group]!;
    const home = cpu.tasks[first.task]!.cpu;
    const stall = program.isStalled ? Field.asleep : program.stalledUntilUs > cpu.nowUs ? Field.reclaiming : null;
    if (program.readsDisk > 0) add(counts, line, cpus, home, Field.ioWait, program.readsDisk);
    if (stall !== null) add(counts, line, cpus, home, stall, 1);
    for (const { task } of program.lanes) addTask(world, counts, line, task);
  }
  for (const { group, tasks } of trouble.strangers) for (const task of tasks) addTask(world, counts, pressure.lines[group] ?? [HOST], task);
  for (let place = 0; place < pressure.places.length; place += 1) for (let id = 0; id < cpus; id += 1) tell(pressure.places[place]!, id, cpu.nowUs, counts, (place * cpus + id) * FIELDS);
}

function add(counts: Int32Array, line: readonly number[], cpus: number, cpu: number, field: number, by: number): void {
  for (const place of line) counts[(place * cpus + cpu) * FIELDS + field]! += by;
}

function addTask({ cpu }: HostWorld, counts: Int32Array, line: readonly number[], task: number): void {
  const { state, cpu: on } = cpu.tasks[task]!;
  if (state !== 'running' && state !== 'runnable') return;
  add(counts, line, cpu.cpus.length, on, Field.running, 1);
  if (state === 'running') add(counts, line, cpu.cpus.length, on, Field.onCpu, 1);
}

function tell(pressure: Watched, cpu: number, nowUs: number, counts: Int32Array, at: number): void {
  const [running, onCpu, ioWait, reclaiming, asleep] = [counts[at]!, counts[at + Field.onCpu]!, counts[at + Field.ioWait]!, counts[at + Field.reclaiming]!, counts[at + Field.asleep]!];
  const now = (((running * COUNT_MAX + ioWait) * COUNT_MAX + reclaiming) * COUNT_MAX + asleep) * 2 + onCpu;
  if (pressure.seen[cpu] === now) return;
  catchUp(pressure, nowUs);
  pressure.seen[cpu] = now;
  changeTasks(pressure.group, cpu, nowUs, taskCounts(running, onCpu, ioWait, reclaiming, asleep));
}

/** Who reclaims is on the CPU while it does. */
const taskCounts = (running: number, onCpu: number, ioWait: number, reclaiming: number, asleep: number): TaskCounts => ({ running: Math.max(running, reclaiming), onCpu: reclaiming > 0 ? 1 : onCpu, ioWait, memoryStall: reclaiming + asleep, memoryStallRunning: reclaiming, reclaimsOnCpu: reclaiming > 0 });

/** While all CPUs idle the kernel takes no samples; the next one says how many passed. */
function catchUp({ group, seen }: Watched, nowUs: number): void {
  if (seen.some((each) => each !== 0)) updatePressure(group, nowUs);
  else if (nowUs * 1_000 >= group.nextSampleNs) sampleAt(group, nowUs * 1_000);
}

/** avg10 in percent, as a reader of /proc/pressure gets it. */
export const samplePressureOf = ({ pressure, cpu }: HostWorld): PressureSample => ({ ...read(pressure.places[HOST]!, cpu.nowUs), cpuFull: 0 });

/** As a reader of the group's files gets it. */
export const groupPressureOf = ({ pressure, cpu }: HostWorld, group: number): PressureSample => read(pressure.places[group + 1]!, cpu.nowUs);

function read(pressure: Watched, nowUs: number): PressureSample {
  catchUp(pressure, nowUs);
  const { cpuSome, cpuFull, memorySome, memoryFull, ioSome, ioFull } = pressure.group.pressures;
  const avg10 = ({ averages }: { readonly averages: readonly number[] }) => percentOf(averages[0]!);
  return { cpuSome: avg10(cpuSome), cpuFull: avg10(cpuFull), memorySome: avg10(memorySome), memoryFull: avg10(memoryFull), ioSome: avg10(ioSome), ioFull: avg10(ioFull) };
}
