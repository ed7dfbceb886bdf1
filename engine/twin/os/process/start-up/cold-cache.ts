/** Reading a program's files when no cache has them: read-ahead windows from the device, lookups one by one, and CPU for fresh pages. */
import type { StartUpProgram } from './start-up-program';

const READ_MS_PER_MIB = 0.85;
const LOOKUP_MS = 0.35;
/** Allocating, filling and mapping page cache. */
const CPU_MS_PER_MIB = 0.06;

export type ColdStart = { readonly pauseMs: number; readonly cpuMs: number; readonly bursts: number };
export const coldStart = ({ coldMib, coldLookups }: StartUpProgram): ColdStart => ({ pauseMs: coldMib * READ_MS_PER_MIB + coldLookups * LOOKUP_MS, cpuMs: coldMib * CPU_MS_PER_MIB, bursts: Math.ceil(coldMib) });
