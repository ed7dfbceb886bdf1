/** From what the tasks of a group do on one CPU to what the CPU lost (kernel/sched/psi.c `test_states`). */
export type TaskCounts = {
  /** Runnable, running or in memory reclaim. */
  readonly running: number;
  /** On the CPU: 0 or 1. */
  readonly onCpu: number;
  readonly ioWait: number;
  readonly memoryStall: number;
  /** In memory reclaim and runnable. */
  readonly memoryStallRunning: number;
  /** The one on the CPU reclaims: whoever waits for it loses that time too. */
  readonly reclaimsOnCpu?: boolean;
};

export const STALLS = ['cpuSome', 'cpuFull', 'memorySome', 'memoryFull', 'ioSome', 'ioFull'] as const;
export type Stall = (typeof STALLS)[number];

export type StallStates = Readonly<Record<Stall | 'nonIdle', boolean>>;

export function stallStates({ running, onCpu, ioWait, memoryStall, memoryStallRunning, reclaimsOnCpu = false }: TaskCounts): StallStates {
  return {
    cpuSome: running > onCpu,
    cpuFull: running > 0 && onCpu === 0,
    memorySome: memoryStall > 0,
    memoryFull: memoryStall > 0 && (running === memoryStallRunning || (onCpu > 0 && reclaimsOnCpu)),
    ioSome: ioWait > 0,
    ioFull: ioWait > 0 && running === 0,
    nonIdle: ioWait > 0 || memoryStall > 0 || running > 0,
  };
}
