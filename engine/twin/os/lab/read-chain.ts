/** Reads experiment F: the chain of services, its profile and its faults. */
import { has, member, note, optional, readChoice, readList, readNumber, readText, type SpecReader } from '../../spec-reader';
import type { ChainFault, ChainGroup, ChainRepeat, ChainScenario, DrawnRequest } from '../service';
import type { RecordedRepeat, SideFiles } from './host-record';
import { DURATION_S, given, readCpus, readQuota, readShares, readWork, SECONDS } from './lab-fields';
import { readTable } from './read-inputs';
import { readProfile } from './read-scale-out';

const MS = { min: 0, max: 3_600_000 } as const;
const TARGETS = ['frontend', 'backend', 'db'] as const;

export function readChain(at: SpecReader, hostCpus: number): ChainScenario {
  const groups = member(at, 'groups');
  const works = readList(member(at, 'works'), readWork, { min: 3, max: 3 });
  const [frontend, backend] = [member(at, 'frontend'), member(at, 'backend')];
  const ms = (of: SpecReader, key: string, missing: number) => optional(of, key, (value) => readNumber(value, MS)) ?? missing;
  return {
    durationS: readNumber(member(at, 'durationS'), DURATION_S),
    groups: { frontend: readGroup(member(groups, 'frontend'), hostCpus), backend: readGroup(member(groups, 'backend'), hostCpus), db: readGroup(member(groups, 'db'), hostCpus) },
    clientCpus: has(at, 'loadgen') ? (optional(member(at, 'loadgen'), 'cpus', (cpus) => readCpus(cpus, hostCpus)) ?? '1') : '1',
    works,
    poolMax: optional(backend, 'poolMax', (max) => readNumber(max, { min: 1, max: 1_000, integer: true })) ?? 8,
    poolTimeoutMs: ms(backend, 'poolTimeoutMs', 2_000),
    warmUpMs: ms(backend, 'warmupMs', 0),
    writeFrac: optional(backend, 'writeFrac', (part) => readNumber(part, { min: 0, max: 1 })) ?? 0,
    timeoutMs: ms(frontend, 'timeoutMs', 2_000),
    retries: optional(frontend, 'retries', (retries) => readNumber(retries, { min: 0, max: 100, integer: true })) ?? 0,
    maxSockets: optional(frontend, 'maxSockets', (max) => readNumber(max, { min: 1, max: 1_000_000, integer: true })) ?? 64,
    clientTimeoutMs: ms(at, 'clientTimeoutMs', 5_000),
    restartDelayS: optional(at, 'restartDelayS', (delay) => readNumber(delay, SECONDS)) ?? 1,
    profile: readProfile(member(at, 'profile')),
    faults: readList(member(at, 'faults'), (fault) => readFault(fault, hostCpus)),
    windowS: optional(at, 'summaryWindowS', (window) => readNumber(window, { min: 1, max: 3_600 })) ?? 10,
    seed: optional(at, 'seed', (seed) => readNumber(seed, { integer: true })) ?? 1,
  };
}

const readGroup = (at: SpecReader, hostCpus: number): ChainGroup => ({
  ...given('cpus', optional(at, 'cpus', (cpus) => readCpus(cpus, hostCpus))),
  ...given('shares', optional(at, 'shares', readShares)),
  ...given('quotaUs', optional(at, 'quotaUs', readQuota)),
  ...given('memLimitMb', optional(at, 'memLimitMb', (mb) => readNumber(mb, { min: 1, max: 4_194_304 }))),
});

function readFault(at: SpecReader, hostCpus: number): ChainFault {
  const kind = readChoice(member(at, 'kind'), ['hog', 'quota', 'dbSleep', 'dbCpu', 'appCpu', 'leak', 'kill', 'freeze', 'lock']);
  const number = (key: string, max: number) => given(key, optional(at, key, (value) => readNumber(value, { min: 0, max })));
  if (['quota', 'kill', 'freeze'].includes(kind) && !has(at, 'target')) note(member(at, 'target'), 'missing', `a fault of kind "${kind}" needs a target`, 'write frontend, backend or db');
  return {
    kind, atS: readNumber(member(at, 'atS'), SECONDS),
    ...given('durS', optional(at, 'durS', (dur) => readNumber(dur, SECONDS))),
    ...given('label', optional(at, 'label', readText)),
    ...given('target', optional(at, 'target', (target) => readChoice(target, TARGETS))),
    ...given('procs', optional(at, 'procs', (procs) => readNumber(procs, { min: 1, max: 1_000, integer: true }))),
    ...given('shares', optional(at, 'shares', readShares)),
    ...given('cpus', optional(at, 'cpus', (cpus) => readCpus(cpus, hostCpus))),
    ...given('quotaUs', optional(at, 'quotaUs', readQuota)),
    ...number('ms', MS.max), ...number('mult', 1_000), ...number('mbPerS', 100_000),
  };
}

export function chainRepeat(id: string, repeat: RecordedRepeat, stations: number, files: SideFiles): ChainRepeat {
  const text = files.get(`${id}.r${repeat.rep}.req.csv`);
  if (text === undefined) return repeat;
  const { columns, rows } = readTable(text);
  const at = columns.get('at_us');
  const works = Array.from({ length: stations }, (_, i) => columns.get(`work${i + 1}_us`));
  if (at === undefined || works.includes(undefined)) return repeat;
  const offered = rows.map((row): DrawnRequest => ({ atUs: row[at]!, worksUs: works.map((column) => row[column!]!) })).filter(({ atUs, worksUs }) => atUs >= 0 && worksUs.every((us) => us >= 0));
  return { ...repeat, offered: offered.sort((a, b) => a.atUs - b.atUs || a.worksUs[0]! - b.worksUs[0]!) };
}
