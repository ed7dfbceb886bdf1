/**
 * The hosts as they were last observed: settings as they are, load, CPU per request, leaks and logs as measured, memory
 * and disk as full as they were. What nobody sees from outside (start-up, base memory, supervisors) is as specified.
 */
import type { HostSample, UpkeepSample } from '@/engine/telemetry';
import { os } from '@/engine/twin';
import type { HostObservation, ProgramObservation } from '../../observe/observe-hosts';

const BYTES_PER_MIB = 1_048_576;
const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
/** How far one window may move what is specified. */
const DRIFT_MAX = 3;

/** Standing `warmSeconds` before the present of the observation. Hosts that are not specified are left out. */
export function believeHosts(observed: readonly HostObservation[], specs: readonly os.HostSpec[], seed: number, warmSeconds: number): os.HostWorld[] {
  return observed.flatMap((observation) => {
    const spec = specs.find(({ name }) => name === observation.host);
    return spec === undefined ? [] : [believeHost(observation, spec, seed, warmSeconds)];
  });
}

function believeHost({ samples, programs }: HostObservation, spec: os.HostSpec, seed: number, warmSeconds: number): os.HostWorld {
  const now = samples.at(-1)!;
  const settings = os.settingsOfSample(now);
  const believed = spec.programs.map((program) => syncProgram(program, settings, programs.find((each) => each.program === program.name)));
  const seen = now.programs.map((program, i): os.SeenProgram => {
    const { leakMibPerSecond = 0, logMibPerSecond = 0 } = believed.find(({ name }) => name === program.program) ?? {};
    const before = (bytes: number, rate: number) => Math.max(0, bytes / BYTES_PER_MIB - rate * warmSeconds);
    return { ...program, memoryMib: before(program.memoryBytes, leakMibPerSecond), logMib: before(program.logBytes, logMibPerSecond), startsInSeconds: warmSeconds + (program.startsInSeconds ?? -startingSeconds(samples, i)) };
  });
  const { disk } = now;
  const logged = now.programs.reduce((sum, { logBytes }) => sum + logBytes, 0);
  const host: os.HostSpec = {
    ...spec,
    groups: spec.groups.map((group) => syncGroup(group, settings)),
    programs: believed,
    ...(spec.upkeep === undefined ? {} : { upkeep: syncUpkeep(spec.upkeep, now.upkeep, warmSeconds) }),
    ...(spec.disk === undefined || disk === null ? {} : { disk: { ...spec.disk, usedMib: Math.max(0, (disk.usedBytes - logged - disk.orphanBytes) / BYTES_PER_MIB) } }),
  };
  return os.resumeHost(host, { programs: seen, orphanMib: (disk?.orphanBytes ?? 0) / BYTES_PER_MIB, reboots: now.reboots, rebootNeeded: now.upkeep.rebootNeeded }, { seed, sampleSeconds: 1 });
}

/** Certificates as old as they are; an issuer that should have renewed one and did not is believed not to answer. What is to come is not known. */
function syncUpkeep(upkeep: os.UpkeepSpec, now: UpkeepSample, warmSeconds: number): os.UpkeepSpec {
  const certificates = (upkeep.certificates ?? []).map((certificate) => ({ ...certificate, notAfterSeconds: warmSeconds + (now.certificates.find(({ name }) => name === certificate.name)?.leftSeconds ?? certificate.lifetimeDays * DAY_SECONDS) }));
  const overdue = certificates.some(({ notAfterSeconds, lifetimeDays, renewal }) => renewal !== undefined && notAfterSeconds - warmSeconds < lifetimeDays * DAY_SECONDS * renewal.atRemainingShare - renewal.retryHours * HOUR_SECONDS);
  return {
    boot: upkeep.boot,
    rebootSchedule: upkeep.rebootSchedule,
    startsAtUnixSeconds: now.unixSeconds - warmSeconds,
    certificates,
    issuerOutages: overdue ? [{ fromSeconds: 0, toSeconds: Infinity }] : [],
    packages: (upkeep.packages ?? []).filter(({ name }) => now.pendingUpdates.includes(name)).map((each) => ({ ...each, releasedAtSeconds: 0 })),
  };
}

/** For how long it has been starting: between the samples that show it and those that do not. */
function startingSeconds(samples: readonly HostSample[], program: number): number {
  let seconds = 0;
  for (let i = samples.length - 1; i >= 0 && samples[i]!.programs[program]!.phase === 'starting'; i -= 1) seconds += (samples[i]!.windowUs / 1e6) * (i === samples.length - 1 ? 0.5 : 1);
  return seconds;
}

function syncGroup(group: os.HostGroupSpec, { groups }: os.HostSettings): os.HostGroupSpec {
  const now = groups.find((each) => each.group === group.name);
  if (now === undefined) return group;
  const { cpuWeight, quotaMs, periodMs, cpus, memoryLimitMib } = now;
  return { ...group, cpuWeight, quotaMs, periodMs, cpus, memoryLimitMib };
}

function syncProgram(spec: os.ProgramSpec, { programs }: os.HostSettings, seen: ProgramObservation | undefined): os.ProgramSpec {
  const now = programs.find((each) => each.program === spec.name);
  if (now === undefined || seen === undefined) return spec;
  return {
    ...spec,
    group: now.group,
    nice: now.nice,
    load: syncLoad(spec.load, seen),
    leakMibPerSecond: seen.memoryMibPerSecond ?? spec.leakMibPerSecond,
    logMibPerSecond: seen.logMibPerSecond ?? spec.logMibPerSecond,
  };
}

function syncLoad(load: os.ProgramLoad, { rps, cpuMs, waitMs }: ProgramObservation): os.ProgramLoad {
  if (load.kind !== 'requests') return load;
  const near = (measured: number | null, specified: number) => (measured === null ? specified : Math.min(specified * DRIFT_MAX, Math.max(specified / DRIFT_MAX, measured)));
  return {
    ...load,
    rps: rps ?? load.rps,
    cpu: { ...load.cpu, meanMs: near(cpuMs, load.cpu.meanMs) },
    ...(load.wait === undefined ? {} : { wait: { ...load.wait, meanMs: near(waitMs, load.wait.meanMs) } }),
  };
}
