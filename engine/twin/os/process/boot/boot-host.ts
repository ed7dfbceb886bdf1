/**
 * Boot of a host: firmware, loader, kernel, initial RAM disk, then units that start as soon as what they come after is up, each with CPU work and
 * waiting, on as many CPUs as there are. The critical chain is the one that explains the time (`systemd-analyze critical-chain`).
 */
import { err, ok, type Result } from '@/engine/kernel';

export type BootUnit = { readonly name: string; readonly cpuMs: number; readonly waitMs: number; readonly after: readonly string[] };
export type BootSpec = { readonly firmwareMs: number; readonly loaderMs: number; readonly kernelMs: number; readonly initrdMs: number; readonly cpus: number; readonly units: readonly BootUnit[]; /** The unit that means "up". */ readonly goal: string };
export type BootReport = { readonly totalMs: number; readonly userspaceMs: number; readonly criticalChain: readonly string[]; readonly finishedMs: Readonly<Record<string, number>> };
export type BootRefusal = { readonly code: 'unknown-unit' | 'cycle' | 'duplicate'; readonly unit: string };

type Running = { readonly unit: BootUnit; cpuLeftMs: number; readyAtMs: number };

/** CPU is shared equally among units that compute; waiting begins when the CPU work is done. */
export function bootHost(spec: BootSpec): Result<BootReport, BootRefusal> {
  const byName = new Map(spec.units.map((unit) => [unit.name, unit]));
  if (byName.size < spec.units.length) return err({ code: 'duplicate', unit: spec.units.find((unit, i) => spec.units.findIndex(({ name }) => name === unit.name) !== i)!.name });
  const missing = [...spec.units.flatMap(({ after }) => after), spec.goal].find((name) => !byName.has(name));
  if (missing !== undefined) return err({ code: 'unknown-unit', unit: missing });
  const finished = runUnits(spec);
  const stuck = spec.units.find(({ name }) => !finished.has(name));
  if (stuck !== undefined) return err({ code: 'cycle', unit: stuck.name });
  const userspaceMs = finished.get(spec.goal)!;
  return ok({ totalMs: spec.firmwareMs + spec.loaderMs + spec.kernelMs + spec.initrdMs + userspaceMs, userspaceMs, criticalChain: chain(byName, finished, spec.goal), finishedMs: Object.fromEntries(finished) });
}

function runUnits({ units, cpus }: BootSpec): Map<string, number> {
  const finished = new Map<string, number>();
  let waiting = [...units];
  let running: Running[] = [];
  let now = 0;
  for (;;) {
    const due = waiting.filter(({ after }) => after.every((name) => finished.has(name)));
    waiting = waiting.filter((unit) => !due.includes(unit));
    running.push(...due.map((unit) => ({ unit, cpuLeftMs: unit.cpuMs, readyAtMs: unit.cpuMs > 0 ? Infinity : now + unit.waitMs })));
    if (running.length === 0) return finished;
    const computing = running.filter(({ cpuLeftMs }) => cpuLeftMs > 0);
    const speed = computing.length === 0 ? 0 : Math.min(1, cpus / computing.length);
    const nextMs = Math.min(...computing.map(({ cpuLeftMs }) => now + cpuLeftMs / speed), ...running.map(({ readyAtMs }) => readyAtMs));
    for (const each of computing) {
      each.cpuLeftMs = Math.max(0, each.cpuLeftMs - (nextMs - now) * speed);
      if (each.cpuLeftMs < 1e-9) {
        each.cpuLeftMs = 0;
        each.readyAtMs = nextMs + each.unit.waitMs;
      }
    }
    now = nextMs;
    for (const { unit, readyAtMs } of running) if (readyAtMs <= now) finished.set(unit.name, now);
    running = running.filter(({ unit }) => !finished.has(unit.name));
  }
}

/** From the goal back through the predecessor that finished last. */
function chain(byName: ReadonlyMap<string, BootUnit>, finished: ReadonlyMap<string, number>, goal: string): string[] {
  const names = [goal];
  for (let unit = byName.get(goal)!; unit.after.length > 0; unit = byName.get(names[0]!)!) {
    const last = unit.after.reduce((latest, name) => (finished.get(name)! > finished.get(latest)! ? name : latest));
    names.unshift(last);
  }
  return names;
}
