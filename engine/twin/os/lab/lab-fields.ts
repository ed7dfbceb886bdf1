/** Fields that several experiments of the host laboratory share: works, host facts, rates. */
import { has, member, note, optional, readChoice, readNumber, readText, type SpecReader } from '../../spec-reader';
import { cpusOfList, type LabHostFacts, type WorkDistribution } from '../cpu/lab';
import type { RestartRule } from '../process';

export const SECONDS = { min: 0, max: 86_400 } as const;
export const DURATION_S = { min: 0.1, max: 86_400 } as const;
const MS = { min: 0, max: 3_600_000 } as const;
const HOST_CPUS_MAX = 512;
const HOST_CPUS_DEFAULT = 2;

export function readWork(at: SpecReader): WorkDistribution {
  const ms = (key: string) => readNumber(member(at, key), MS);
  const dist = readChoice(member(at, 'dist'), ['det', 'exp', 'h2', 'uniform']);
  if (dist === 'h2') return { dist, p: readNumber(member(at, 'p'), { min: 0, max: 1 }), aMs: ms(has(at, 'a') ? 'a' : 'aMs'), bMs: ms(has(at, 'b') ? 'b' : 'bMs') };
  if (dist === 'uniform') return { dist, loMs: ms(has(at, 'lo') ? 'lo' : 'loMs'), hiMs: ms(has(at, 'hi') ? 'hi' : 'hiMs') };
  return { dist, meanMs: ms('meanMs') };
}

/** What is not told is taken from the machine of the project's own recordings: two CPUs, 250 Hz. */
export function readHostFacts(at: SpecReader): LabHostFacts {
  return {
    cpus: optional(at, 'cpus', (cpus) => readNumber(cpus, { min: 1, max: HOST_CPUS_MAX, integer: true })) ?? HOST_CPUS_DEFAULT,
    ...given('hz', optional(at, 'hz', (hz) => readNumber(hz, { min: 24, max: 10_000 }))),
    ...given('cfsBandwidthSliceUs', optional(at, 'cfsBandwidthSliceUs', (us) => readNumber(us, { min: 100, max: 1_000_000 }))),
  };
}

/** A CPU list like `0-1,3` that names CPUs of the host. */
export function readCpus(at: SpecReader, hostCpus: number): string {
  const list = readText(at);
  const cpus = cpusOfList(list);
  if (cpus.length === 0 || cpus.some((cpu) => cpu >= hostCpus)) note(at, 'out-of-range', `"${list}" names no CPUs of a host with ${hostCpus}`, `write for example 0-${hostCpus - 1}`);
  return list;
}

/** A quota the kernel would take; −1 and 0 mean no limit. */
export function readQuota(at: SpecReader): number | undefined {
  const quotaUs = readNumber(at, { min: -1, max: 1e9 });
  if (quotaUs > 0 && quotaUs < 1_000) note(at, 'out-of-range', `a quota of ${quotaUs} µs is under 1 ms`, 'the kernel takes 1000 µs and more');
  return quotaUs > 0 ? Math.max(1_000, quotaUs) : undefined;
}

export const readPeriod = (at: SpecReader) => readNumber(at, { min: 1_000, max: 1_000_000 });
export const readShares = (at: SpecReader) => readNumber(at, { min: 0, max: 262_144 });

/** Control files by path, such as `cpu/cpu.shares`; those without a value are passed by. */
export function readControlFiles<T>(at: SpecReader, readValue: (value: SpecReader, file: string) => T | undefined): Readonly<Record<string, T>> {
  if (typeof at.value !== 'object' || at.value === null || Array.isArray(at.value)) {
    note(at, 'wrong-type', 'expected control files with their values', 'write { "cpu/cpu.shares": 512 }');
    return {};
  }
  return Object.fromEntries(
    Object.keys(at.value).flatMap((file) => {
      const value = readValue(member(at, file), file);
      return value === undefined ? [] : [[file, value] as const];
    }),
  );
}

/** A supervisor that starts again what has ended. */
export const readRestart = (at: SpecReader): RestartRule => ({
  delayS: readNumber(member(at, 'delayS'), SECONDS),
  ...given('factor', optional(at, 'factor', (factor) => readNumber(factor, { min: 1, max: 100 }))),
  ...given('maxS', optional(at, 'maxS', (max) => readNumber(max, SECONDS))),
  ...given('maxTries', optional(at, 'maxTries', (tries) => readNumber(tries, { min: 0, max: 10_000, integer: true }))),
});

/** A member only where it is given. */
export const given = <K extends string, T>(key: K, value: T | undefined) => (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
