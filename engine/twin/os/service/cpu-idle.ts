/**
 * How long each CPU has had nothing to do. What a thread finds cold when it goes on (caches, clocks, a core that the
 * hypervisor lends to others) cools while its CPU idles; beside others that compute there it stays warm.
 */
import type { CpuHost } from '../cpu/exact';
import type { ThreadProgram, Threads } from './loop-thread';

/** By CPU: idle time until it last became busy, and since when it idles (Infinity: it does not). `seen`: by thread, its CPU when it last did something, and that CPU's idle time then. */
export type CpuIdle = { readonly totalUs: number[]; readonly sinceUs: number[]; readonly seen: { readonly cpu: number; readonly us: number }[] };

export const newCpuIdle = ({ cpus }: CpuHost): CpuIdle => ({ totalUs: cpus.map(() => 0), sinceUs: cpus.map(() => 0), seen: [] });

/** Call after every event of the host. */
export function noteIdle({ totalUs, sinceUs }: CpuIdle, host: CpuHost): void {
  for (const { id, task } of host.cpus) {
    const idleNow = task < 0;
    if (idleNow === (sinceUs[id]! < Infinity)) continue;
    if (!idleNow) totalUs[id]! += host.nowUs - sinceUs[id]!;
    sinceUs[id] = idleNow ? host.nowUs : Infinity;
  }
}

const idleUs = ({ totalUs, sinceUs }: CpuIdle, { nowUs }: CpuHost, cpu: number) => totalUs[cpu]! + Math.max(0, nowUs - sinceUs[cpu]!);

/** The same program, to which idle time is that of the CPU instead of the thread's own. */
export const coolsWithItsCpu = <Run extends Threads<Run> & { readonly idle: CpuIdle }>(program: ThreadProgram<Run>): ThreadProgram<Run> => ({
  costUs(run, thread, piece, sleptUs) {
    const seen = run.idle.seen[thread.id];
    return program.costUs(run, thread, piece, sleptUs > 0 && seen !== undefined ? idleUs(run.idle, run.host, seen.cpu) - seen.us : sleptUs);
  },
  finish(run, thread, piece) {
    const { cpu } = run.host.tasks[thread.task]!;
    run.idle.seen[thread.id] = { cpu, us: idleUs(run.idle, run.host, cpu) };
    return program.finish(run, thread, piece);
  },
});
