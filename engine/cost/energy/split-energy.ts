/**
 * Who drew a machine's energy, as Kepler divides it: what exceeds idle power is split by CPU time, idle energy is nobody's
 * unless it is asked for by what everyone holds. Parts are whole millijoules and add up to the node's exactly.
 */
import { splitAmount } from '../allocation/split-amount';

export type EnergyUser = { readonly owner: string; readonly cpuSeconds: number; /** What it holds of the node: requests, or anything in proportion to them. */ readonly holds: number };
export type EnergyParts = { readonly parts: readonly { readonly owner: string; readonly activeMillijoules: number; readonly idleMillijoules: number }[]; /** That nobody carries. */ readonly idleMillijoules: number };

/** `sharesIdle`: idle energy is carried in proportion to what each holds; without anybody who holds anything it stays nobody's. */
export function splitEnergy(totalMillijoules: number, idleMillijoules: number, users: readonly EnergyUser[], sharesIdle = false): EnergyParts {
  const idle = Math.min(totalMillijoules, Math.max(0, idleMillijoules));
  const active = splitAmount(totalMillijoules - idle, users.map(({ cpuSeconds }) => cpuSeconds));
  const activeSum = active.reduce((sum, part) => sum + part, 0);
  const held = sharesIdle ? splitAmount(idle, users.map(({ holds }) => holds)) : users.map(() => 0);
  const heldSum = held.reduce((sum, part) => sum + part, 0);
  return {
    parts: users.map(({ owner }, i) => ({ owner, activeMillijoules: active[i]!, idleMillijoules: held[i]! })),
    idleMillijoules: totalMillijoules - activeSum - heldSum,
  };
}
