/**
 * Start-up of common programs. Calibrated from the idle condition of recordings made in November 2026 (2-CPU AMD EPYC virtual
 * machine, Linux 6.18; ten starts each): listening, answering and CPU medians. `coldMib` is the growth of the group's memory in starts
 * with dropped caches. Not from idle starts alone: the cold reads, the wait for joining a group beside a busy CPU and the number of
 * bursts of node and postgres were set after seeing the other conditions of the same recordings. The last four were recorded on a busy machine:
 * their CPU is a median, their time the quickest start; the cold files of `podmanRun` (podman and runc, a 2 MB image that is there) are
 * the sizes of its binaries.
 */
import type { StartUpProgram } from './start-up-program';

const COMMON = { listens: true, prepared: 'just-changed', warmUpCpuMs: 0, recoveryCpuMs: 0, recoveryPauseMs: 0, exitMs: 1.3, coldLookups: 10 } as const;

export const START_UP_PROGRAMS: readonly StartUpProgram[] = [
  { ...COMMON, program: 'sh', listenCpuMs: 0.5, bursts: 2, pauseMs: 0.05, listens: false, answerCpuMs: 0, answerMs: 0, coldMib: 0.8, memoryMib: 0.4 },
  { ...COMMON, program: 'node', listenCpuMs: 52.6, bursts: 2, pauseMs: 9.8, answerCpuMs: 2.6, answerMs: 1, coldMib: 16.1, memoryMib: 9.6 },
  { ...COMMON, program: 'nginx', listenCpuMs: 1.9, bursts: 2, pauseMs: 0.6, answerCpuMs: 0.2, answerMs: 1.6, coldMib: 10.2, coldLookups: 30, memoryMib: 1.9 },
  { ...COMMON, program: 'haproxy', listenCpuMs: 17.7, bursts: 2, pauseMs: 0.6, answerCpuMs: 0.2, answerMs: 1.6, coldMib: 9.4, coldLookups: 30, memoryMib: 4.7 },
  { ...COMMON, program: 'postgres', prepared: 'changed-before', listenCpuMs: 9.2, bursts: 2, pauseMs: 0.5, answerCpuMs: 6, answerMs: 2, coldMib: 48.3, recoveryCpuMs: 4, recoveryPauseMs: 32, exitMs: 3.5, memoryMib: 19.4 },
  { ...COMMON, program: 'postgresCrash', prepared: 'rested', listenCpuMs: 9.2, bursts: 2, pauseMs: 4, recoveryPauseMs: 18, warmUpCpuMs: 136, answerCpuMs: 6, answerMs: 18, coldMib: 48.3, exitMs: 3.5, memoryMib: 66 },
  { ...COMMON, program: 'redis', listenCpuMs: 4.1, bursts: 2, pauseMs: 10, answerCpuMs: 0.2, answerMs: 0.8, coldMib: 14.1, memoryMib: 3.1 },
  { ...COMMON, program: 'sshd', listenCpuMs: 3.5, bursts: 2, pauseMs: 0.3, answerCpuMs: 4.8, answerMs: 2, coldMib: 13, coldLookups: 30, memoryMib: 3.2 },
  { ...COMMON, program: 'prometheus', listenCpuMs: 13.8, bursts: 3, pauseMs: 6, answerCpuMs: 0.6, answerMs: 2.5, coldMib: 48, memoryMib: 12.4 },
  { ...COMMON, program: 'podmanRun', listenCpuMs: 32, bursts: 5, pauseMs: 92, listens: false, answerCpuMs: 0, answerMs: 0, coldMib: 45, coldLookups: 60, memoryMib: 30 },
];

export const programByName = (name: string): StartUpProgram | undefined => START_UP_PROGRAMS.find(({ program }) => program === (name === 'nodeWarm' ? 'node' : name));
