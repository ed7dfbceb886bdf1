/** What comes out of a run, of a paired-seed comparison and of a what-if. */
import type { Bill } from '@/engine/cost';
import type { Interval } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { RunMode } from './run-mode';

export type Kpi = { readonly value: number | null; readonly unit: string };
export type Alarm = { readonly kind: string; readonly atSeconds: number; readonly subject: string; readonly detail: string };

export type RunReport = {
  readonly scenario: string;
  readonly seed: number;
  readonly engineVersion: string;
  /** Whether requests were made one by one; left out by readers of older reports. */
  readonly mode?: RunMode;
  readonly stateHash: string;
  readonly events: number;
  readonly simulatedSeconds: number;
  /** `cost` usdPerHour, `energy`, per service `backend.latencyP95Ms`, `backend.errorShare`, … */
  readonly kpis: Readonly<Record<string, Kpi>>;
  readonly alarms: readonly Alarm[];
  readonly objectives: readonly { readonly title: string; readonly met: boolean; readonly measured: number | null; readonly limit: number; readonly unit: string }[];
  readonly decisions: number;
  readonly costUsd: number;
  readonly energyKwh: number | null;
  readonly carbonKg: number | null;
  /** Only of systems that say more about their prices or their grid than the price of a node. */
  readonly bill?: Bill;
  readonly frames: readonly Frame[];
};

/** One KPI of one variant over the same seeds, and its paired difference to the first variant. */
export type ComparedKpi = {
  readonly kpi: string;
  readonly unit: string;
  readonly interval: Interval;
  readonly delta: Interval | null;
  /** Paired runs needed for the sign of delta to be sure at this level; null when it already is. */
  readonly runsNeeded: number | null;
};
export type VariantReport = { readonly name: string; readonly kpis: readonly ComparedKpi[] };
export type CompareReport = { readonly seeds: readonly number[]; readonly level: number; readonly variants: readonly VariantReport[] };

/** Lower and upper over the seeds, second by second, of one service's p99. */
export type LatencyBand = { readonly service: string; readonly atSeconds: readonly number[]; readonly lowerMs: readonly (number | null)[]; readonly upperMs: readonly (number | null)[] };

export type WhatIfAnswer = {
  /** The first seed of each side, second by second, for the pictures. */
  readonly baseline: readonly Frame[];
  readonly variant: readonly Frame[];
  readonly bands: { readonly baseline: readonly LatencyBand[]; readonly variant: readonly LatencyBand[] };
  readonly comparison: CompareReport;
  /** One sentence with its numbers. */
  readonly sentence: string;
  readonly events: number;
};
