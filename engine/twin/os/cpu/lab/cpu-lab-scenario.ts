/**
 * Experiments on the CPUs of a real host, in the format of the laboratory that records them (experiments A and B:
 * processes in control groups, cgroup v1 files). The twin plays the same scenarios. Names end in their unit here
 * as the laboratory writes them: seconds `S`, milliseconds `Ms`.
 */
import type { RestartRule } from '../../process';

export type WorkDistribution =
  | { readonly dist: 'det'; readonly meanMs: number }
  | { readonly dist: 'exp'; readonly meanMs: number }
  | { readonly dist: 'h2'; readonly p: number; readonly aMs: number; readonly bMs: number }
  | { readonly dist: 'uniform'; readonly loMs: number; readonly hiMs: number };

/** Items arrive on their own clock and are served first come first served by one thread. */
export type DutySpec = { readonly arrival: 'periodic' | 'poisson'; readonly periodMs: number; readonly work: WorkDistribution };

export type LabProcess = { readonly kind: string; readonly label?: string; readonly count?: number; readonly nice?: number; readonly seed?: number; readonly duty?: DutySpec; readonly restart?: RestartRule };

export type LabGroup = {
  /** Path below the laboratory's group: `p/a` is a child of `p`. */
  readonly name: string;
  readonly cpus?: string;
  readonly shares?: number;
  readonly idle?: number;
  readonly quotaUs?: number;
  readonly periodUs?: number;
  readonly burstUs?: number;
  /** Further control files, written before the processes start. */
  readonly set?: Readonly<Record<string, number | string>>;
  readonly procs?: readonly LabProcess[];
};

export type LabEvent = {
  readonly tS: number;
  readonly action: string;
  readonly group?: string;
  readonly file?: string;
  readonly value?: number | string;
  readonly proc?: LabProcess;
  readonly label?: string;
  readonly signal?: string;
  readonly to?: string;
};

export type CpuLabScenario = {
  readonly durationS: number;
  readonly warmS?: number;
  readonly sampleHz?: number;
  /** CPUs of the recorder. */
  readonly ctlCpus?: string;
  readonly quotaCols?: boolean;
  readonly groups: readonly LabGroup[];
  readonly events?: readonly LabEvent[];
};

export type LabHostFacts = { readonly cpus: number; readonly hz?: number; readonly cfsBandwidthSliceUs?: number };

/** What the twin reads of a record: nothing that was measured but the calibration of the unit of work. */
export type CpuLabRecord = {
  readonly id: string;
  readonly experiment: string;
  readonly scenario: CpuLabScenario;
  readonly host: LabHostFacts;
  readonly runs: readonly { readonly rep: number; readonly itersPerMs?: number }[];
};

export type LabItem = { readonly arriveUs: number; readonly workUs: number };

/** Arrivals and works of one repeat, by process in the order of the items file's `proc` column. */
export type RepeatInput = { readonly rep: number; readonly items: readonly (readonly LabItem[])[] };

/** CPU numbers of a list like `0-1,3`; an empty list for an empty text. */
export function cpusOfList(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [from, to] = part.split('-').map((text) => Number(text.trim()));
    if (part.trim() === '' || from === undefined || !Number.isInteger(from)) return [];
    const last = to ?? from;
    return Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => from + i);
  });
}
