/** What a time plot draws: lines, bands, limits and marks. x is in seconds; null is a gap. */
import type { Provenance } from '../provenance';
import type { Point } from './thin-out';

export type LineSeries = { readonly key: string; readonly label: string; readonly colour: string; readonly points: readonly Point[]; readonly provenance: Provenance; readonly ghost?: boolean };
export type BandPoint = readonly [x: number, lower: number | null, upper: number | null];
export type BandSeries = { readonly key: string; readonly label: string; readonly colour: string; readonly points: readonly BandPoint[]; readonly provenance: Provenance; readonly ghost?: boolean };
export type LimitLine = { readonly label: string; readonly value: number };
export type TimeMark = { readonly at: number; readonly label: string };
