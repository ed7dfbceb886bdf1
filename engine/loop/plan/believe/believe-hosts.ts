/**
 * The hosts as they were last observed: settings as they are, load, CPU per request, leaks and logs as measured, memory
 * and disk as full as they were, programs where they run now. What nobody sees from outside (start-up, base memory,
 * supervisors) is as specified, and so is what nobody measured.
 */
import type { GroupSample, HostSample, ProgramSample } from '@/engine/telemetry';
import { os } from '@/engine/twin';
import type { HostObservation, ProgramObservation } from '../../observe/observe-hosts';
import { believeUpkeep } from './believe-upkeep';

const BYTES_PER_MIB = 1_048_576;
/** What the kernel takes; a recording that says otherwise is damaged there. */
const KERNEL = { cpuWeight: { min: 1, max: 10_000 }, quotaMs: { min: 1, max: 1_000_000 }, periodMs: { min: 1, max: 1_000 }, memoryLimitMib: { min: 1, max: 4_194_304 } };
/** How far one window may move what is specified. */
const DRIFT_MAX = 3;

/** Standing `warmSeconds` before the present of the observation. Hosts that are not specified are left out. */
export function believeHosts(observed: readonly HostObservation[], specs: readonly os.HostSpec[], seed: number, warmSeconds: number): os.HostWorld[] {
  return observed.flatMap((observation) => {
    const spec = specs.find(({ name }) => name === observation.host);
    return spec === undefined ? [] : [believeHost(observation, { spec, specs }, seed, warmSeconds)];
  });
}

type Specified = { readonly spec: os.HostSpec; readonly specs: readonly os.HostSpec[] };

function believeHost({ samples, programs }: HostObservation, { spec, specs }: Specified, seed: number, warmSeconds: number): os.HostWorld {
  const now = samples.at(-1)!;
  const settings = os.settingsOfSample(now);
  const here = now.programs.flatMap((sample) => {
    const specified = specOf(sample, now.host, specs);
    return specified === null ? [] : [{ sample, believed: syncProgram({ ...specified, ...(sample.service === null ? {} : { service: sample.service }) }, sample, { seen: programs.find((each) => each.program === sample.program), group: now.groups.find(({ group }) => group === sample.group), cpus: spec.cpus }) }];
  });
  const seen = here.map(({ sample, believed }): os.SeenProgram => {
    const { leakMibPerSecond = 0, logMibPerSecond = 0 } = believed;
    const before = (bytes: number, rate: number) => Math.min(spec.memoryMib, Math.max(0, bytes / BYTES_PER_MIB - rate * warmSeconds));
    const { restarts, exits, backOffSeconds, memoryBytes, logBytes } = sample;
    return {
      ...sample,
      memoryMib: before(memoryBytes ?? believed.memoryMib * BYTES_PER_MIB, leakMibPerSecond),
      logMib: Math.max(0, (logBytes ?? 0) / BYTES_PER_MIB - logMibPerSecond * warmSeconds),
      restarts: restarts ?? 0,
      exits: exits ?? 0,
      backOffSeconds: backOffSeconds ?? 0,
      startsInSeconds: warmSeconds + (sample.startsInSeconds ?? -startingSeconds(samples, sample.program)),
    };
  });
  const { disk } = now;
  const logged = now.programs.reduce((sum, { logBytes }) => sum + (logBytes ?? 0), 0);
  const orphanBytes = disk?.orphanBytes ?? 0;
  const images = spec.registry === undefined ? 0 : os.imageMibOf(here.map(({ believed }) => believed));
  const host: os.HostSpec = {
    ...spec,
    groups: spec.groups.map((group) => syncGroup(group, settings)),
    programs: here.map(({ believed }) => believed),
    ...(spec.upkeep === undefined || now.upkeep === null ? {} : { upkeep: believeUpkeep(spec.upkeep, now.upkeep, here.map(({ believed }) => believed.name), warmSeconds) }),
    ...(spec.disk === undefined || disk === null ? {} : { disk: { ...spec.disk, usedMib: Math.max(0, (disk.usedBytes - logged - orphanBytes) / BYTES_PER_MIB - images) } }),
  };
  const { suspendAfterSeconds } = settings;
  return os.resumeHost(host, { programs: seen, orphanMib: orphanBytes / BYTES_PER_MIB, reboots: now.reboots ?? 0, rebootNeeded: now.upkeep?.rebootNeeded ?? false, isOff: now.state === 'off', outside: now.outside ?? [], drift: now.upkeep?.drift ?? [], ...(suspendAfterSeconds === undefined ? {} : { suspendAfterSeconds }) }, { seed, sampleSeconds: 1 });
}

/** By the name that its clients know, wherever it was specified; null for one that nobody specified. */
function specOf(sample: ProgramSample, host: string, specs: readonly os.HostSpec[]): os.ProgramSpec | null {
  const service = os.serviceOfProgram(host, sample);
  const own = specs.find(({ name }) => name === host)?.programs.find(({ name }) => name === sample.program);
  if (own !== undefined && sample.service === (own.service ?? null)) return own;
  return specs.flatMap(({ name, programs }) => programs.filter((program) => os.serviceOfSpec(name, program) === service))[0] ?? own ?? null;
}

/** For how long it has been starting: between the samples that show it and those that do not. */
function startingSeconds(samples: readonly HostSample[], name: string): number {
  let seconds = 0;
  for (let i = samples.length - 1; i >= 0 && samples[i]!.programs.find(({ program }) => program === name)?.phase === 'starting'; i -= 1) seconds += (samples[i]!.windowUs / 1e6) * (i === samples.length - 1 ? 0.5 : 1);
  return seconds;
}

function syncGroup(group: os.HostGroupSpec, { groups }: os.HostSettings): os.HostGroupSpec {
  const now = groups.find((each) => each.group === group.name);
  if (now === undefined) return group;
  const { cpuWeight, quotaMs, periodMs, cpus, memoryLimitMib, memoryHighMib = null, io } = now;
  const within = <T>(value: number | null, { min, max }: { readonly min: number; readonly max: number }, otherwise: T) => (value !== null && value >= min && value <= max ? value : otherwise);
  return {
    ...group,
    cpuWeight: within(cpuWeight, KERNEL.cpuWeight, group.cpuWeight),
    quotaMs: within(quotaMs, KERNEL.quotaMs, null),
    periodMs: within(periodMs, KERNEL.periodMs, group.periodMs),
    cpus: cpus ?? group.cpus,
    memoryLimitMib: within(memoryLimitMib, KERNEL.memoryLimitMib, null),
    memoryHighMib: within(memoryHighMib, KERNEL.memoryLimitMib, null),
    ...(io === undefined ? {} : { io: { read: ioLimit(io.read), write: ioLimit(io.write) } }),
  };
}

const ioLimit = ({ mibPerSecond, iops }: os.IoLimitSettings) => ({ ...(mibPerSecond === null ? {} : { mibPerSecond }), ...(iops === null ? {} : { iops }) });

type Seen = { readonly seen: ProgramObservation | undefined; readonly group: GroupSample | undefined; readonly cpus: number };

function syncProgram(spec: os.ProgramSpec, now: ProgramSample, { seen, group, cpus }: Seen): os.ProgramSpec {
  if (seen === undefined) return spec;
  return {
    ...spec,
    group: now.group,
    nice: now.nice ?? spec.nice,
    load: spec.load.kind === 'background' ? { ...spec.load, cores: seen.cpuCores === null ? spec.load.cores : os.backgroundCores(seen.cpuCores, group, cpus) } : syncLoad(spec.load, seen),
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
    // what waits for a timed disk is not told apart from what waits for others
    ...(load.wait === undefined || load.disk !== undefined ? {} : { wait: { ...load.wait, meanMs: near(waitMs, load.wait.meanMs) } }),
  };
}
