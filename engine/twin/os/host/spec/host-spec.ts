/** One Linux host as a person describes it: CPUs, memory, control groups with their limits, and the programs in them. */
import type { Law } from '@/engine/kernel';
import type { ProbeSpec } from '../../../infra/kubernetes/node';
import type { RestartPolicy } from '../../process';
import type { HostPowerSpec } from '../power/host-power';
import type { UpkeepSpec } from '../upkeep/upkeep-spec';

export type HostSpec = {
  readonly name: string;
  readonly cpus: number;
  readonly memoryMib: number;
  readonly swapMib?: number;
  /** The file system that logs are written to. */
  readonly disk?: HostDiskSpec;
  /** Where images come from. */
  readonly registry?: RegistrySpec;
  readonly groups: readonly HostGroupSpec[];
  readonly programs: readonly ProgramSpec[];
  readonly upkeep?: UpkeepSpec;
  readonly power?: HostPowerSpec;
};

/** `usedMib` is what was there before: data that no log clean-up may touch. */
export type HostDiskSpec = { readonly sizeMib: number; readonly usedMib: number; /** Absent: one per 16 KiB, as mke2fs makes them. */ readonly inodes?: number; /** Absent: its size counts, its speed does not. */ readonly device?: HostDeviceSpec };

/** `iops` and the rates limit what it takes, the latencies how soon; `queueDepth` requests are with it at once (default 256); `flushMs`: emptying its own cache. */
export type HostDeviceSpec = { readonly readLatencyMs: number; readonly writeLatencyMs: number; readonly readMibPerSecond: number; readonly writeMibPerSecond: number; readonly flushMs: number; readonly iops?: number; readonly queueDepth?: number };

/** `io.max` in one direction. */
export type IoLimitSpec = { readonly mibPerSecond?: number; readonly iops?: number };

/** What a request does with the disk after its CPU work: reads 128 KiB so often at random places of the program's files (`fileCacheMib`), writes, and waits until that is on the disk. */
export type RequestIoSpec = { readonly fileReads?: number; readonly writeKib?: number; readonly fsync?: boolean };

/** `answerMs`: what a pull takes before its first byte. */
export type RegistrySpec = { readonly downloadMibPerSecond: number; readonly unpackMibPerSecond: number; readonly answerMs: number };

export type HostGroupSpec = {
  readonly name: string;
  /** A group listed before it; default the root. */
  readonly parent?: string;
  /** `cpu.weight`, 1..10000, default 100. */
  readonly cpuWeight?: number;
  /** In place of a weight: `cpu.shares`, as a container runtime is told, and what it makes of them. */
  readonly cpuShares?: CpuSharesSpec;
  /** `cpu.idle`: runs on what others leave. */
  readonly cpuIdle?: boolean;
  /** CPU time in each period (`cpu.max`); absent or null: no limit. */
  readonly quotaMs?: number | null;
  /** Default 100. */
  readonly periodMs?: number;
  /** Unused quota that may be carried over (`cpu.max.burst`). */
  readonly burstMs?: number;
  /** Allowed CPUs, default all. */
  readonly cpus?: readonly number[];
  readonly memoryLimitMib?: number | null;
  /** `memory.high`: above it tasks are made to sleep. */
  readonly memoryHighMib?: number | null;
  /** `memory.min`: never reclaimed; `memory.low`: only when nothing else is left. */
  readonly memoryMinMib?: number;
  readonly memoryLowMib?: number;
  /** `memory.swap.max`; absent: all of the host's. */
  readonly swapLimitMib?: number;
  /** Limits of reading and writing the disk. */
  readonly io?: { readonly read?: IoLimitSpec; readonly write?: IoLimitSpec };
  /** An OOM kill takes the whole group (`memory.oom.group`). */
  readonly oomGroup?: boolean;
};

/** `v1`: cgroup v1 takes shares as they are. On v2 runtimes write a weight: `v2-linear` until runc 1.3.1, `v2` since runc 1.3.2 and crun 1.23. */
export type CpuSharesSpec = { readonly shares: number; readonly cgroup: 'v1' | 'v2-linear' | 'v2' };

export type HostDurationSpec = { readonly meanMs: number; readonly cv?: number; readonly law?: Law };

export type ProgramSpec = {
  readonly name: string;
  readonly group: string;
  /** As its clients know it; default `host/program`. */
  readonly service?: string;
  /** −20..19, default 0. */
  readonly nice?: number;
  readonly load: ProgramLoad;
  /** It runs from an image: layers of one digest are on the disk once, whoever uses them. */
  readonly image?: { readonly name: string; readonly layers: readonly { readonly digest: string; readonly compressedMib: number; readonly mib: number }[] };
  /** CPU work of a start, waiting for disk and network in it, and CPU work between listening and serving: caches to fill, code to compile. */
  readonly startUp?: { readonly cpuMs: number; readonly waitMs: number; readonly warmUpCpuMs?: number };
  /** Anonymous memory once started. */
  readonly memoryMib: number;
  /** Page cache of the files it keeps reading. */
  readonly fileCacheMib?: number;
  readonly leakMibPerSecond?: number;
  /** Growth of its log. A program that cannot write its log ends. */
  readonly logMibPerSecond?: number;
  /** Small files that it makes and never deletes (sessions, a mail queue): it ends when it can make no more. */
  readonly spool?: { readonly filesPerSecond: number; readonly kib: number };
  /** What a kubelet ranks by before it evicts; default nothing requested, priority 0. */
  readonly memoryRequestMib?: number;
  readonly priority?: number;
  /** −1000..1000, default 0. */
  readonly oomScoreAdj?: number;
  /** What starts it again after an exit. Absent: it stays down. */
  readonly restart?: RestartSpec;
  /** What it does when it is asked to end. Absent: it ends at once, with what it has in hand. */
  readonly stop?: ProgramStopSpec;
  /** What its supervisor asks a program that answers requests. */
  readonly probes?: ProgramProbesSpec;
};

export type RestartSpec =
  /** Waits, starts it again, and waits twice as long after each quick failure, up to the longest. */
  | { readonly delaySeconds: number; readonly longestSeconds: number }
  /** Restart=, RestartSec=, RestartSteps=, RestartMaxDelaySec=, StartLimitBurst=, StartLimitIntervalSec= with systemd's defaults. */
  | { readonly supervisor: 'systemd'; readonly policy?: RestartPolicy; readonly restartSeconds?: number; readonly restartSteps?: number; readonly restartMaxSeconds?: number; readonly startLimitBurst?: number; readonly startLimitSeconds?: number }
  | { readonly supervisor: 'docker'; readonly policy?: RestartPolicy; readonly maxTries?: number }
  | { readonly supervisor: 'kubelet'; readonly policy?: RestartPolicy };

/** On SIGTERM it finishes what it has and takes nothing new, ends at once, or works on; SIGKILL comes when the grace is over. */
export type ProgramStopSpec = { readonly handlesTerm: 'drains' | 'exits' | 'ignores'; readonly graceSeconds: number };

/** Each with the kubelet's defaults; a probe is a request of `cpuMs` of work (default 0.3) that waits for a lane like any other. */
export type ProgramProbesSpec = { readonly startup?: Partial<ProbeSpec>; readonly liveness?: Partial<ProbeSpec>; readonly readiness?: Partial<ProbeSpec>; readonly cpuMs?: number };

export type ProgramLoad =
  /** CPU use and nothing else is known of it: so many cores on average if nothing holds it back, in steps of 0.1 s or, where it uses little, of a millisecond's work. */
  | { readonly kind: 'background'; readonly cores: number; readonly threads: number }
  /** Threads that never stop computing. */
  | { readonly kind: 'busy'; readonly threads: number }
  /** Requests at random moments; `lanes` of them are worked on at once (1: an event loop), the others queue. */
  | { readonly kind: 'requests'; readonly rps: number; readonly lanes: number; readonly cpu: HostDurationSpec; /** Waiting for others after the CPU work. */ readonly wait?: HostDurationSpec; /** Default the network. */ readonly waitsFor?: 'disk' | 'network'; /** On a disk with a device. */ readonly disk?: RequestIoSpec }
  /** One piece of work at fixed times (cron, garbage collection, backup). */
  | { readonly kind: 'timer'; readonly everySeconds: number; readonly cpuMs: number }
  /** The same by the calendar: a crontab(5) schedule in UTC. A run that finds the host down is lost. */
  | { readonly kind: 'cron'; readonly schedule: string; readonly cpuMs: number; /** A systemd timer with Persistent=: a run that the host missed is made up once, when it is back. */ readonly persistent?: boolean }
  /** Reads so much of the disk, a MiB at a time, with CPU work for each; should be done within its window. */
  | { readonly kind: 'backup'; readonly schedule: string; readonly mib: number; readonly windowHours: number; readonly cpuMsPerMib: number; readonly persistent?: boolean }
  /** Installs the host's released packages. */
  | { readonly kind: 'updates'; readonly schedule: string; readonly downloadMibPerSecond: number; readonly unpackMsPerMib: number; readonly persistent?: boolean };
