/**
 * The few changes worth rehearsing for what was found on a Linux host: more quota, room or weight for who lacks it, less
 * of it for who takes it, a log let go of, a restart. Mildest first, since equal scores go to the first; whether one
 * helps, the rehearsal says.
 */
import type { GroupSample, HostSample, ProgramSample } from '@/engine/telemetry';
import { isHostOrder, objectOfHostOrder, os, type Command } from '@/engine/twin';
import type { Finding } from '../../analyze/analyze';
import type { HostObservation } from '../../observe/observe-hosts';
import { moveTo } from './move-program';
import type { Proposal, Readiness } from './propose';

export const HOST_PROPOSALS_MAX = 6;
const MORE = [1.5, 2];
const LESS = [0.5, 0.25];
const WEIGHT_FACTOR = 4;
const WEIGHT_MAX = 10_000;
const NICE_MAX = 19;
/** Waiting for the CPU, as a part of using it, that makes a neighbour worth asking about. */
const RUN_QUEUE_SHARE = 0.2;
/** Nothing that is set on a host gives it more CPU than it has. */
const SATURATED_SHARE = 0.8;
const BYTES_PER_MIB = 1_048_576;
/** The kernel's default. */
const PERIOD_MS = 100;

type Step = os.HostCommand;
type Answer = { readonly title: string; readonly steps: readonly Step[] };

/**
 * Each once, for hosts that are specified; nothing for objects that were changed a moment ago. One host at a time: first
 * those that were not judged lately, then the one with the worst findings, so that none waits behind one that nothing helps.
 */
export function proposeHosts(findings: readonly Finding[], observed: readonly HostObservation[], specs: readonly os.HostSpec[], ready: Readiness): Proposal[] {
  const known = observed.filter(({ host }) => specs.some(({ name }) => name === host));
  const asked = known.map((observation) => ({ observation, proposals: proposalsFor(observation, known, findings, ready) })).filter(({ proposals }) => proposals.length > 0);
  const urgency = ({ observation }: (typeof asked)[number]) => (servicesOf(observation).every((service) => ready.forLess(service)) ? FRESH : 0) + severityOf(observation, findings);
  return asked.reduce<(typeof asked)[number] | null>((first, each) => (first === null || urgency(each) > urgency(first) ? each : first), null)?.proposals ?? [];
}

const FRESH = 1_000_000;
const WEIGHT = { page: 100, ticket: 1, info: 0 } as const;
const severityOf = ({ host }: HostObservation, findings: readonly Finding[]) => findings.filter(({ subject }) => subject === host || subject.startsWith(`${host}/`)).reduce((sum, { severity }) => sum + WEIGHT[severity], 0);

function proposalsFor(observation: HostObservation, hosts: readonly HostObservation[], findings: readonly Finding[], ready: Readiness): Proposal[] {
  const now = observation.samples.at(-1)!;
  const answers = [...os.findInSamples(observation.host, observation.samples).flatMap((finding) => answersTo(finding, now, { observation, hosts })), ...burning(findings, observation).flatMap((program) => whySlow(program, observation, hosts))];
  const unique = answers.filter(({ title }, i) => answers.findIndex((other) => other.title === title) === i);
  return unique
    .map(({ title, steps }): Proposal => ({ title: `${title} on ${observation.host}`, commands: steps.map((step): Command => ({ ...step, host: observation.host })), services: servicesOf(observation) }))
    .filter(({ commands }) => commands.every((command) => !isHostOrder(command) || ready.forMore(objectOfHostOrder(command))))
    .slice(0, HOST_PROPOSALS_MAX);
}

/** Programs on the host whose objective burns. */
const burning = (findings: readonly Finding[], { host, samples }: HostObservation) => samples.at(-1)!.programs.filter((program) => findings.some(({ kind, subject }) => kind === 'budget-burn' && subject === os.serviceOfProgram(host, program)));

/** Where the time of its requests goes decides what could help. */
function whySlow(program: ProgramSample, { host, samples }: HostObservation, hosts: readonly HostObservation[]): Answer[] {
  const { group, spent } = program;
  const now = samples.at(-1)!;
  if (spent === null) return [];
  const loudest = now.groups.reduce<GroupSample | null>((best, each) => (each.group !== group && (each.cpuCores ?? 0) > (best?.cpuCores ?? 0) ? each : best), null);
  const steps = spent.throttledMs > spent.runQueueMs ? moreQuota(group, now) : spent.runQueueMs > spent.onCpuMs * RUN_QUEUE_SHARE && loudest !== null ? [...quieten(group, loudest.group, now), ...moveTo(program, host, hosts)] : isSaturated(now) && spent.queuedMs > spent.onCpuMs ? moveTo(program, host, hosts) : [];
  return steps.map((step) => ({ title: os.describeHostCommand(step), steps: [step] }));
}

const isSaturated = ({ size, cpuCores }: HostSample) => size.cpus !== null && cpuCores !== null && cpuCores > SATURATED_SHARE * size.cpus;

/** Everybody on the host is touched by what is changed there. */
const servicesOf = ({ host, samples }: HostObservation) => samples.at(-1)!.programs.flatMap((program) => (program.arrivedRps === null ? [] : [os.serviceOfProgram(host, program)]));

type Around = { readonly observation: HostObservation; /** All that are specified, this one too. */ readonly hosts: readonly HostObservation[] };

function answersTo(finding: os.FoundOnHost, now: HostSample, { observation, hosts }: Around): Answer[] {
  const one = (step: Step): Answer => ({ title: os.describeHostCommand(step), steps: [step] });
  switch (finding.kind) {
    case 'throttled':
      return moreQuota(finding.subject, now).map(one);
    case 'noisy-neighbour':
      return [...quieten(finding.subject, finding.cause ?? '', now), ...away([finding.subject, finding.cause ?? ''], now, hosts)].map(one);
    case 'disk-contention':
      return [...slowDisk(finding.cause ?? '', now), ...away([finding.cause ?? ''], now, hosts)].map(one);
    case 'memory-pressure':
      return [...moreMemory(finding.subject, now), ...away(finding.subject === now.host ? now.groups.map(({ group }) => group) : [finding.subject], now, hosts)].map(one);
    case 'memory-leak':
      return [...now.programs.filter(({ program, group }) => group === finding.subject && grows(observation, program)).map(({ program }) => one({ kind: 'restart-program', program })), ...moreMemory(finding.subject, now).map(one)];
    case 'restart-loop':
      return afterExits(now.programs.find(({ program }) => program === finding.subject)!, observation, hosts);
    case 'service-down':
      return startAgain(now.programs.find(({ program }) => program === finding.subject)!, now);
    case 'disk-full':
    case 'inodes-full':
    case 'ineffective-clean-up':
      return freeDisk(now);
    case 'certificate-expiring':
      return [one({ kind: 'renew-certificate', certificate: finding.subject })];
    case 'configuration-drift': {
      const back = os.restoringCommand(finding.subject, finding.cause ?? '');
      return back === null ? [] : [one(back)];
    }
    case 'reboot-needed':
      return [one({ kind: 'reboot-host' })];
    default:
      return [];
  }
}

/** The largest program of each group, to a host that has room for it. */
function away(groups: readonly string[], { host, programs }: HostSample, hosts: readonly HostObservation[]): Step[] {
  return groups.flatMap((name) => {
    const largest = programs.filter(({ group }) => group === name).reduce<ProgramSample | null>((best, each) => (best === null || (each.memoryBytes ?? 0) > (best.memoryBytes ?? 0) ? each : best), null);
    return largest === null ? [] : moveTo(largest, host, hosts);
  });
}

function moreQuota(name: string, { groups }: HostSample): Step[] {
  const group = groups.find((each) => each.group === name)!;
  const { quotaMs, periodMs } = group;
  return quotaMs === null ? [] : MORE.map((factor) => ({ kind: 'set-quota', group: name, quotaMs: Math.round(quotaMs * factor), periodMs: periodMs ?? PERIOD_MS }));
}

/** Whoever moves most moves half of that, or a quarter, in the direction in which it moves more. */
function slowDisk(name: string, { groups }: HostSample): Step[] {
  const disk = groups.find(({ group }) => group === name)?.disk;
  if (disk === undefined) return [];
  const direction = disk.readBytesPerSecond >= disk.writeBytesPerSecond ? 'read' : 'write';
  const bytes = direction === 'read' ? disk.readBytesPerSecond : disk.writeBytesPerSecond;
  return LESS.map((factor) => ({ kind: 'set-io-limit', group: name, direction, mibPerSecond: Math.max(1, Math.round((bytes * factor) / BYTES_PER_MIB)), iops: null }));
}

/** Limits up to what the host has free besides; a high mark below the limit first. */
function moreMemory(name: string, { groups, availableBytes }: HostSample): Step[] {
  const group = groups.find((each) => each.group === name);
  const limit = group?.memoryLimitBytes ?? null;
  const high = group?.memoryHighBytes;
  if (high !== undefined && availableBytes !== null) {
    const most = Math.min(limit ?? Infinity, high + availableBytes) / BYTES_PER_MIB;
    return MORE.map((factor) => Math.round((high * factor) / BYTES_PER_MIB)).filter((memoryHighMib) => memoryHighMib <= most).map((memoryHighMib) => ({ kind: 'set-memory-high', group: name, memoryHighMib }));
  }
  if (limit === null || availableBytes === null) return [];
  const most = (limit + availableBytes) / BYTES_PER_MIB;
  return MORE.map((factor) => Math.round((limit * factor) / BYTES_PER_MIB)).filter((memoryLimitMib) => memoryLimitMib <= most).map((memoryLimitMib) => ({ kind: 'set-memory-limit', group: name, memoryLimitMib }));
}

function quieten(victim: string, loud: string, { groups, programs }: HostSample): Step[] {
  const weight = groups.find(({ group }) => group === victim)!.cpuWeight;
  const heavier: Step[] = weight === null ? [] : [{ kind: 'set-cpu-weight', group: victim, cpuWeight: Math.min(WEIGHT_MAX, weight * WEIGHT_FACTOR) }];
  const taker = groups.find(({ group }) => group === loud);
  if (taker === undefined) return heavier; // it is in no group: nothing can be set for it
  const inTaker = programs.filter(({ group, nice }) => group === loud && nice !== null && nice < NICE_MAX);
  const { cpus, cpuCores, periodMs } = taker;
  return [
    ...heavier,
    ...inTaker.slice(0, 1).map(({ program }): Step => ({ kind: 'renice-program', program, nice: NICE_MAX })),
    ...(cpus !== null && cpus.length > 1 ? [{ kind: 'pin-group' as const, group: loud, cpus: cpus.slice(-1) }] : []),
    ...(cpuCores === null ? [] : [{ kind: 'set-quota' as const, group: loud, quotaMs: Math.max(1, Math.round((cpuCores / 2) * (periodMs ?? PERIOD_MS))), periodMs: periodMs ?? PERIOD_MS }]),
  ];
}

const grows = ({ programs }: HostObservation, name: string) => (programs.find(({ program }) => program === name)?.memoryMibPerSecond ?? 0) > 0;

const saysLog = (lastExit: string | null) => lastExit?.includes('log') === true;
const saysProbe = (lastExit: string | null) => lastExit?.includes('probe') === true;
const saysMemory = (lastExit: string | null) => lastExit?.includes('limit') === true || lastExit?.includes('memory') === true;

/** By what the last exit says: a full disk is freed, a limit is raised, one that fails its probes gets CPU; what ends by itself is nobody's setting. */
function afterExits(program: ProgramSample, observation: HostObservation, hosts: readonly HostObservation[]): Answer[] {
  const { group, lastExit } = program;
  const now = observation.samples.at(-1)!;
  if (saysLog(lastExit)) return freeDisk(now);
  const steps = saysProbe(lastExit) ? [...moreQuota(group, now), ...moveTo(program, observation.host, hosts)] : moreMemory(group, now);
  return steps.map((step) => ({ title: os.describeHostCommand(step), steps: [step] }));
}

/** Nobody starts it: a restart, and where it died of something, a restart after that was mended. */
function startAgain({ program, group, lastExit }: ProgramSample, now: HostSample): Answer[] {
  const restart: Step = { kind: 'restart-program', program };
  const first = saysLog(lastExit) ? [{ kind: 'clean-up-logs' } as const] : saysMemory(lastExit) ? moreMemory(group, now) : saysProbe(lastExit) ? moreQuota(group, now) : [];
  return [{ title: os.describeHostCommand(restart), steps: [restart] }, ...first.map((step): Answer => ({ title: `${os.describeHostCommand(step)} and ${os.describeHostCommand(restart)}`, steps: [step, restart] }))];
}

/** The largest log first; deleting helps only when its writer lets go, so deleting and restarting is one plan. */
function freeDisk({ disk, programs }: HostSample): Answer[] {
  if (disk === null) return [];
  const log = ({ logBytes }: ProgramSample) => logBytes ?? 0;
  const writers = programs.filter((program) => log(program) > 0 || (disk.orphanBytes ?? 0) > 0).sort((a, b) => log(b) - log(a) || (a.program < b.program ? -1 : 1));
  const first = writers[0];
  if (first === undefined) return [];
  const rotate: Step = { kind: 'rotate-log', program: first.program, tellsWriter: true };
  const clean: Step = { kind: 'clean-up-logs' };
  const restart: Step = { kind: 'restart-program', program: first.program };
  return [
    { title: os.describeHostCommand(rotate), steps: [rotate] },
    { title: os.describeHostCommand(clean), steps: [clean] },
    { title: `${os.describeHostCommand(clean)} and ${os.describeHostCommand(restart)}`, steps: [clean, restart] },
  ];
}
