/** Plays a record on the part of the host twin that its experiment asks for. The runs have the keys of the record's own. */
import { runCpuExperiment } from '../cpu/lab';
import { runDiskScenario } from '../disk';
import { runMemoryScenario } from '../memory';
import { programByName, runStartUp } from '../process';
import { runChain, runScaleOut, runServiceExperiment } from '../service';
import type { HostRecord } from './host-record';

export type TwinRun = Readonly<Record<string, unknown>>;
/** Start-up experiments have conditions in place of runs. */
export type HostTwin = { readonly id: string; readonly runs: readonly TwinRun[]; readonly conditions?: readonly TwinRun[] };

export function runHostRecord(record: HostRecord, seed: number): HostTwin {
  const { id } = record;
  switch (record.experiment) {
    case 'A':
    case 'B':
      return { id, runs: runCpuExperiment({ id, experiment: record.experiment, scenario: record.scenario, host: record.host, runs: record.repeats }, record.inputs, seed) };
    case 'C':
      return { id, runs: repeated(record.repeats, runMemoryScenario(record.scenario, record.cgroup)) };
    case 'H':
      return { id, runs: repeated(record.repeats, runDiskScenario(record.scenario)) };
    case 'G': {
      const program = programByName(record.scenario.program);
      return { id, runs: [], conditions: program === undefined ? [] : [...runStartUp(record.scenario, program, seed)] };
    }
    case 'F':
      return { id, runs: runChain(record, seed) };
    case 'E':
      return { id, runs: runScaleOut(record, seed) };
    case 'D':
      return { id, runs: runServiceExperiment(record, seed) };
  }
}

/** At this scale these parts draw nothing: every repeat is the same. */
const repeated = (repeats: readonly { readonly rep: number }[], run: TwinRun): TwinRun[] => repeats.map(({ rep }) => ({ rep, ...run }));
