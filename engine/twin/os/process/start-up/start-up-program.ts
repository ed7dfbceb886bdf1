/**
 * What starting a program takes, told as work and waits so that a neighbour, a quota or a cold cache change it by themselves: a few
 * bursts of CPU with pauses between them until it listens, more work until it answers, files to read when nothing is cached.
 */
import type { LaunchState } from './launch';

export type StartUpProgram = {
  readonly program: string;
  /** CPU of its control group until it listens (or exits, when it never listens), in `bursts` with pauses between. */
  readonly listenCpuMs: number;
  readonly bursts: number;
  /** All pauses together: threads, files, memory that the hypervisor finds first. */
  readonly pauseMs: number;
  /** How long before a start its control group was last changed: what is prepared first leaves the group at rest. */
  readonly prepared: LaunchState;
  /** False: ready when it has exited. */
  readonly listens: boolean;
  /** CPU between listening and serving: caches to fill, recovery to finish. */
  readonly warmUpCpuMs: number;
  /** CPU of its first answer, and what the client adds. */
  readonly answerCpuMs: number;
  readonly answerMs: number;
  /** Without any cache: files mapped or read, reads of directories and inodes. */
  readonly coldMib: number;
  readonly coldLookups: number;
  /** After an unclean stop. */
  readonly recoveryCpuMs: number;
  readonly recoveryPauseMs: number;
  /** From SIGKILL until the supervisor hears of the exit. */
  readonly exitMs: number;
  readonly memoryMib: number;
};
