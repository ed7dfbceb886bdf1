/** Where the energy of a system comes from, and what making its machines cost the climate. */
export type GridSpec = {
  /** A cloud region or another place that the table of grid intensities knows. */
  readonly region?: string;
  /** A figure of one's own, average of the year. */
  readonly gramsPerKwh?: number;
  /** Over time, from the start of the run; begins anew after its last value. */
  readonly series?: { readonly stepSeconds: number; readonly gramsPerKwh: readonly number[] };
};

export type CarbonSpec = GridSpec & {
  /** Zones that stand on another grid. */
  readonly zones?: readonly (GridSpec & { readonly zone: string })[];
  /** Power usage effectiveness of the data centre, 1 where the stated watts already hold it. */
  readonly pue?: number;
  /** Making one machine, what it could carry, how long it lives (default 4 years): a node takes the share of its cores. */
  readonly embodied?: { readonly machineKg: number; readonly machineCores: number; readonly lifetimeYears?: number };
};
