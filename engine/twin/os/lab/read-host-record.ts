/**
 * Reads a record of the host laboratory, `{id, experiment, scenario, host, runs}`, or a scenario of one of its lists.
 * Values that were measured may be absent; everything that is wrong is told at once.
 */
import { err, ok, type Result } from '@/engine/kernel';
import type { SpecIssue } from '../../spec-issue';
import { has, member, note, optional, readChoice, readList, readNumber, readText, specReader, type SpecReader } from '../../spec-reader';
import { programByName, type StartUpScenario } from '../process';
import type { ServiceRepeat } from '../service';
import { PLAYED_EXPERIMENTS, type HostRecord, type RecordedRepeat, type SideFiles } from './host-record';
import { given, readHostFacts, SECONDS } from './lab-fields';
import { chainRepeat, readChain } from './read-chain';
import { readCpuScenario } from './read-cpu-scenario';
import { readDiskScenario } from './read-disk-scenario';
import { itemsOf, readTable, requestsOf } from './read-inputs';
import { readMemoryScenario } from './read-memory-scenario';
import { readScaleOut, scaleOutRepeat } from './read-scale-out';
import { readProbe, readServiceScenario } from './read-service-scenario';
import { cpusOfList } from '../cpu/lab';

const REPEATS_DEFAULT = 3;
const RUNS_MAX = 10_000;

export function parseHostRecord(value: unknown, files: SideFiles = new Map()): Result<HostRecord, SpecIssue[]> {
  const at = specReader(value);
  const record = readRecord(at, files);
  return at.issues.length === 0 && record !== undefined ? ok(record) : err(at.issues);
}

function readRecord(at: SpecReader, files: SideFiles): HostRecord | undefined {
  const bare = !has(at, 'scenario');
  const scenario = bare ? at : member(at, 'scenario');
  const experiment = readChoice(has(at, 'experiment') ? member(at, 'experiment') : member(scenario, 'experiment'), PLAYED_EXPERIMENTS);
  if (at.issues.length > 0) return undefined;
  const host = bare || !has(at, 'host') ? readHostFacts({ ...at, path: 'host', value: {} }) : readHostFacts(member(at, 'host'));
  const id = readText(has(at, 'id') ? member(at, 'id') : member(scenario, 'id'));
  const repeats = readRepeats(at, scenario);
  switch (experiment) {
    case 'A':
    case 'B':
      return { id, host, experiment, scenario: readCpuScenario(scenario, host.cpus), repeats, inputs: repeats.flatMap(({ rep }) => itemInputs(id, rep, files)) };
    case 'C':
      return { id, host, experiment, scenario: readMemoryScenario(scenario), repeats, cgroup: String(member(member(at, 'host'), 'cgroup').value ?? 'v1').startsWith('v2') ? 'v2' : 'v1' };
    case 'H':
      return { id, host, experiment, scenario: readDiskScenario(scenario), repeats };
    case 'G':
      return { id, host, experiment, scenario: readStartUp(scenario, host.cpus) };
    case 'F': {
      const chain = readChain(scenario, host.cpus);
      return { id, host, experiment, scenario: chain, repeats: repeats.map((repeat) => chainRepeat(id, repeat, chain.works.length, files)) };
    }
    case 'E':
      return { id, host, experiment, scenario: readScaleOut(scenario, host.cpus), repeats: repeats.map((repeat) => scaleOutRepeat(id, repeat, at, files)) };
    case 'D': {
      const service = readServiceScenario(scenario, host.cpus);
      return { id, host, experiment, scenario: service, repeats: repeats.map((repeat) => serviceRepeat(id, repeat, service.loads, at, files)) };
    }
  }
}

/** The repeats that the record has, or as many as the laboratory makes. */
function readRepeats(at: SpecReader, scenario: SpecReader): RecordedRepeat[] {
  const runs = readList(member(at, 'runs'), (run) => ({ rep: readNumber(member(run, 'rep'), { min: 0, max: 1_000_000, integer: true }), ...given('itersPerMs', optional(run, 'itersPerMs', (iters) => readNumber(iters, { min: 1, max: 1e12 }))) }), { max: RUNS_MAX });
  if (runs.length > 0) return runs.filter((run, i) => runs.findIndex(({ rep }) => rep === run.rep) === i);
  const count = optional(scenario, 'reps', (reps) => readNumber(reps, { min: 1, max: 1_000, integer: true })) ?? REPEATS_DEFAULT;
  return Array.from({ length: count }, (_, i) => ({ rep: i + 1 }));
}

function itemInputs(id: string, rep: number, files: SideFiles) {
  const text = files.get(`${id}.r${rep}.items.csv`);
  const items = text === undefined ? undefined : itemsOf(readTable(text));
  return items === undefined ? [] : [{ rep, items }];
}

function serviceRepeat(id: string, repeat: RecordedRepeat, loads: readonly number[], at: SpecReader, files: SideFiles): ServiceRepeat {
  const text = files.get(`${id}.r${repeat.rep}.req.csv`);
  const table = text === undefined ? undefined : readTable(text);
  const { value } = member(at, 'runs');
  const runs: readonly unknown[] = Array.isArray(value) ? value : [];
  const probes = runs.flatMap((run, i) => {
    const reader: SpecReader = { path: `runs[${i}]`, value: run, issues: at.issues };
    return has(reader, 'probe') && member(reader, 'rep').value === repeat.rep ? [readProbe(member(reader, 'probe'))] : [];
  });
  return { ...repeat, ...given('probe', probes[0]), offered: loads.map((load) => (table === undefined ? undefined : requestsOf(table, load))) };
}

function readStartUp(at: SpecReader, hostCpus: number): StartUpScenario {
  const program = readText(member(at, 'program'));
  if (programByName(program) === undefined) note(member(at, 'program'), 'unknown-name', `no start-up profile of "${program}" is known`, 'known are node, nginx, haproxy, postgres, redis, sh');
  const args = member(at, 'args');
  return {
    program, hostCpus,
    cpus: cpusOfList(optional(at, 'cpus', readText) ?? '0'),
    ...given('warmUpMs', has(at, 'args') ? optional(args, 'warmupMs', (ms) => readNumber(ms, { min: 0, max: 3_600_000 })) : undefined),
    conditions: readList(member(at, 'conditions'), readCondition, { min: 1, max: 100 }),
  };
}

const readCondition = (at: SpecReader): StartUpScenario['conditions'][number] => ({
  name: readText(member(at, 'name')),
  ...given('reps', optional(at, 'reps', (reps) => readNumber(reps, { min: 1, max: 10_000, integer: true }))),
  ...given('hogs', optional(at, 'hogs', (hogs) => readNumber(hogs, { min: 0, max: 1_000, integer: true }))),
  ...given('quotaUs', optional(at, 'quotaUs', (quota) => readNumber(quota, { min: 1_000, max: 1e9 }))),
  ...given('periodUs', optional(at, 'periodUs', (period) => readNumber(period, { min: 1_000, max: 1_000_000 }))),
  ...(has(at, 'cold') && member(at, 'cold').value === true ? { cold: true } : {}),
  ...given('recover', optional(at, 'recover', readRecovery)),
});

const readRecovery = (at: SpecReader) => ({
  detect: readChoice(member(at, 'detect'), ['exit', 'probe']),
  delayS: readNumber(member(at, 'delayS'), SECONDS),
  ...given('probeMs', optional(at, 'probeMs', (ms) => readNumber(ms, { min: 1, max: 3_600_000 }))),
  ...given('failures', optional(at, 'failures', (failures) => readNumber(failures, { min: 1, max: 1_000, integer: true }))),
});
