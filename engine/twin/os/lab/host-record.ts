/** A record (or a bare scenario) of the host laboratory, read: what the twin needs of it and nothing that was measured. */
import type { CpuLabScenario, LabHostFacts, RepeatInput } from '../cpu/lab';
import type { DiskScenario } from '../disk';
import type { MemoryScenario } from '../memory';
import type { StartUpScenario } from '../process';
import type { ChainRepeat, ChainScenario, ScaleOutRepeat, ScaleOutScenario, ServiceRepeat, ServiceScenario } from '../service';

type Common = { readonly id: string; readonly host: LabHostFacts };
export type RecordedRepeat = { readonly rep: number; readonly itersPerMs?: number };

export type HostRecord =
  | (Common & { readonly experiment: 'A' | 'B'; readonly scenario: CpuLabScenario; readonly repeats: readonly RecordedRepeat[]; readonly inputs: readonly RepeatInput[] })
  | (Common & { readonly experiment: 'C'; readonly scenario: MemoryScenario; readonly repeats: readonly RecordedRepeat[]; readonly cgroup: 'v1' | 'v2' })
  | (Common & { readonly experiment: 'H'; readonly scenario: DiskScenario; readonly repeats: readonly RecordedRepeat[] })
  | (Common & { readonly experiment: 'G'; readonly scenario: StartUpScenario })
  | (Common & { readonly experiment: 'D'; readonly scenario: ServiceScenario; readonly repeats: readonly ServiceRepeat[] })
  | (Common & { readonly experiment: 'E'; readonly scenario: ScaleOutScenario; readonly repeats: readonly ScaleOutRepeat[] })
  | (Common & { readonly experiment: 'F'; readonly scenario: ChainScenario; readonly repeats: readonly ChainRepeat[] });

export const PLAYED_EXPERIMENTS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export type PlayedExperiment = (typeof PLAYED_EXPERIMENTS)[number];

/** Texts of the files beside a record by name, unpacked. */
export type SideFiles = ReadonlyMap<string, string>;
