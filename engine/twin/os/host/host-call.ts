/** Timers of a host. Their subject is the kind, their detail the program and its life: a timer of an earlier life is void. */
import { callAt } from '../cpu';
import type { HostWorld, Program } from './host-world';

export const HostCall = { sample: 1, start: 2, startWaited: 3, arrival: 4, waited: 5, timer: 6, leak: 7, log: 8, downloaded: 9, byHand: 10, renew: 11, expire: 12, mayReboot: 13, stallOver: 14, suspend: 15, resumed: 16, touch: 17, ioDone: 18, ioStep: 19, flush: 20, backup: 21, rotate: 22, snapshot: 23, snapshotGrows: 24, spool: 25, evict: 26, stopGrace: 40, pulled: 41, probe: 42, probeLate: 45 } as const; // three of a kind: start-up, liveness, readiness

const LIVES = 1_000_000;

/** Arrivals go on whatever becomes of the program: their detail is the program alone. */
export const callArrival = (world: HostWorld, program: Program, atUs: number) => callAt(world.cpu, atUs, HostCall.arrival, program.id);

export const callProgram = (world: HostWorld, program: Program, kind: number, atUs: number) => callAt(world.cpu, atUs, kind, program.id * LIVES + program.life);

/** The program a timer is for; null when it has started anew since. */
export function calledProgram(world: HostWorld, detail: number): Program | null {
  const program = world.programs[Math.floor(detail / LIVES)];
  return program !== undefined && program.life === detail % LIVES ? program : null;
}
