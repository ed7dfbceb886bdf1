/** Lines of a laboratory recording; `t` in seconds since the start. Names as `interfaceName` gives them. */
import type { LabInterface } from './address-book';
import type { LabChange, LabScenario } from '../lab-scenario';

export type MetaRecord = { readonly k: 'meta'; readonly format: 'meshlab/1'; readonly scenario: LabScenario; readonly started: Readonly<Record<string, number>>; readonly clock: string; readonly metric: string; readonly seed: number; readonly runs: number; readonly ifaces: Readonly<Record<string, LabInterface>> };
/** Originator, next hop, metric (TQ 0..255 or kbit/s), last seen in ms, 1 for the route in use. */
export type OrigRow = readonly [string, string, number, number, 0 | 1];
export type OrigRecord = { readonly t: number; readonly k: 'orig'; readonly n: string; readonly r: readonly OrigRow[] };
/** Neighbour, last seen in ms, and kbit/s in BATMAN_V. */
export type NeighRow = readonly [string, number] | readonly [string, number, number];
export type NeighRecord = { readonly t: number; readonly k: 'neigh'; readonly n: string; readonly r: readonly NeighRow[] };
/** One second of one pair; round trips in ms in order of sending, null for lost. */
export type PingRecord = { readonly t: number; readonly k: 'ping'; readonly s: string; readonly d: string; readonly tx: number; readonly rx: number; readonly rtt: readonly (number | null)[] };
export type EventRecord = { readonly t: number; readonly k: 'event'; readonly planned: number; readonly what: LabChange };
export type StatsRecord = { readonly t: number; readonly k: 'stats'; readonly n: string; readonly c: Readonly<Record<string, number>> };
/** One packet that passed interface `i` of `n` (the neighbour it leads to, `r0` for a radio), as batctl tcpdump prints it. */
export type CaptureRecord = { readonly t: number; readonly k: 'cap'; readonly n: string; readonly i: string; readonly p: string };
export type LabRecord = OrigRecord | NeighRecord | PingRecord | EventRecord | StatsRecord | CaptureRecord;
