/** Does a command to a running host, and says what would undo it. */
import { err, ok, type Result } from '@/engine/kernel';
import { moveTaskToGroup, reniceTask, setGroupCpus, setGroupWeight, setQuota, weightOfCpuWeight } from '../../cpu';
import { setIoLimit } from '../../disk';
import { setMemoryLimit } from '../../memory';
import { pagesOrUnlimited } from '../spec/compile-host';
import { describeHostCommand } from './describe-host-command';
import type { HostCommand, HostRefusal } from './host-command';
import { groupNamed, noteEvent, programNamed, type HostGroup, type HostWorld, type Program } from '../host-world';
import { NO_IO_LIMIT, settingsOfGroup, settingsOfProgram } from './host-settings';
import { outgrownLimit } from '../program/out-of-memory';
import { askToStop, shutDown } from '../program/ask-to-stop';
import { cleanUpLogs, rotateProgramLog } from './clean-up-host';
import { configurationOf, restoringCommand } from '../upkeep/drift-of-host';
import { callReboot } from '../upkeep/host-upkeep';
import { beginUpdates } from '../upkeep/install-updates';
import { renewNow } from '../upkeep/keep-certificates';
import { isOff } from '../fault/host-trouble';
import { planSuspend, SUSPEND_AFTER_SECONDS_MAX, wakeHost } from '../power/suspend-host';

const BYTES_PER_MIB = 1_048_576;

/** The command that brings back what was; null when nothing can (a restart). */
export type HostUndo = HostCommand | null;

export function applyHostCommand(world: HostWorld, command: HostCommand): Result<HostUndo, HostRefusal> {
  wakeHost(world);
  const done = isOff(world) ? err<HostRefusal>({ code: 'no-power' }) : apply(world, command);
  if (done.ok) world.upkeep.wanted = afterCommand(world, command);
  if (done.ok) noteEvent(world, 'changed', 'group' in command ? command.group : 'program' in command ? command.program : world.spec.name, describeHostCommand(command));
  else noteEvent(world, 'refused', command.kind, done.error.code);
  return done;
}

/** A command that is in order is the new configuration of what it sets; what was changed by hand stays drift. */
function afterCommand(world: HostWorld, command: HostCommand): Record<string, string> {
  const { wanted } = world.upkeep;
  const now = configurationOf(world);
  const set = Object.keys(now).filter((key) => {
    const restoring = restoringCommand(key, now[key]!);
    return restoring !== null && restoring.kind === command.kind && hostCommandSubject(restoring) === hostCommandSubject(command);
  });
  return { ...wanted, ...Object.fromEntries(set.map((key) => [key, now[key]!])) };
}

const hostCommandSubject = (command: HostCommand) => ('program' in command ? command.program : 'group' in command ? command.group : '');

/** Somebody does it past the configuration. */
export function changeByHand(world: HostWorld, index: number): void {
  const { command } = world.spec.upkeep!.byHand![index]!;
  const done = isOff(world) ? err<HostRefusal>({ code: 'no-power' }) : apply(world, command);
  noteEvent(world, done.ok ? 'by-hand' : 'refused', hostCommandSubject(command) || world.spec.name, done.ok ? describeHostCommand(command) : done.error.code);
}

/** The time at which a reboot that updates asked for may happen. */
export function mayReboot(world: HostWorld): void {
  if (world.upkeep.rebootNeeded && !isOff(world)) shutDown(world);
  callReboot(world);
}

function apply(world: HostWorld, command: HostCommand): Result<HostUndo, HostRefusal> {
  if (command.kind === 'reboot-host') {
    shutDown(world);
    return ok(null);
  }
  if (command.kind === 'set-suspend') return setSuspend(world, command.afterSeconds);
  if (command.kind === 'migrate-program') return err({ code: 'not-found', what: 'host', name: command.toHost }); // two hosts are the world's affair
  if ((command.kind === 'clean-up-logs' || command.kind === 'rotate-log') && world.trouble.readOnly > 0) return err({ code: 'read-only' });
  if (command.kind === 'clean-up-logs') return cleanUpLogs(world);
  if (command.kind === 'renew-certificate') return renewNow(world, command.certificate);
  if (command.kind === 'apply-updates') return updateNow(world);
  if (command.kind === 'rotate-log' || command.kind === 'renice-program' || command.kind === 'move-program' || command.kind === 'restart-program' || command.kind === 'stop-program') return changeProgram(world, command);
  const group = world.groups[groupNamed(world, command.group)];
  if (group === undefined) return err({ code: 'not-found', what: 'group', name: command.group });
  switch (command.kind) {
    case 'set-cpu-weight':
      return setWeight(world, group, command.cpuWeight);
    case 'set-quota':
      return changeQuota(world, group, command);
    case 'set-memory-high':
      return changeHigh(world, group, command.memoryHighMib);
    case 'set-io-limit':
      return changeIo(world, group, command);
    case 'pin-group':
      return pin(world, group, command.cpus);
    default:
      return changeLimit(world, group, command.memoryLimitMib);
  }
}

function setSuspend(world: HostWorld, afterSeconds: number | null): Result<HostUndo, HostRefusal> {
  if (world.spec.power?.suspend === undefined) return err({ code: 'no-suspend' });
  const wrong = afterSeconds === null ? null : outside('afterSeconds', afterSeconds, 0.001, SUSPEND_AFTER_SECONDS_MAX);
  if (wrong !== null) return err(wrong);
  const { afterUs } = world.sleep;
  planSuspend(world, afterSeconds === null ? null : afterSeconds * 1e6);
  return ok({ kind: 'set-suspend', afterSeconds: afterUs === null ? null : afterUs / 1e6 });
}

function updateNow(world: HostWorld): Result<HostUndo, HostRefusal> {
  const updater = world.programs.find(({ spec }) => spec.load.kind === 'updates');
  if (updater === undefined) return err({ code: 'no-updater' });
  beginUpdates(world, updater);
  return ok(null);
}

function setWeight(world: HostWorld, group: HostGroup, cpuWeight: number): Result<HostUndo, HostRefusal> {
  const isIdle = world.cpu.groups[group.cpuGroup]!.idle; // the kernel: EINVAL
  const wrong = isIdle ? outside('cpuWeight', cpuWeight, 0, 0) : outside('cpuWeight', cpuWeight, 1, 10_000);
  if (wrong !== null) return err(wrong);
  const { cpuWeight: before } = settingsOfGroup(world, group);
  setGroupWeight(world.cpu, group.cpuGroup, weightOfCpuWeight(cpuWeight));
  return ok({ kind: 'set-cpu-weight', group: group.name, cpuWeight: before });
}

/** The kernel takes no quota below the burst (EINVAL), so a quota that was set can always be set again. */
function changeQuota(world: HostWorld, group: HostGroup, { quotaMs, periodMs }: { readonly quotaMs: number | null; readonly periodMs: number }): Result<HostUndo, HostRefusal> {
  const wrong = outside('periodMs', periodMs, 1, 1_000) ?? (quotaMs === null ? null : outside('quotaMs', quotaMs, 1, 1_000_000));
  if (wrong !== null) return err(wrong);
  const before = settingsOfGroup(world, group);
  const { burstUs } = world.cpu.groups[group.cpuGroup]!.bandwidth;
  const belowBurst = quotaMs === null ? null : outside('quotaMs, with the burst that is set,', quotaMs, burstUs / 1_000, 1_000_000);
  if (belowBurst !== null) return err(belowBurst);
  setQuota(world.cpu, group.cpuGroup, { quotaUs: quotaMs === null ? Infinity : quotaMs * 1_000, periodUs: periodMs * 1_000, burstUs });
  return ok({ kind: 'set-quota', group: group.name, quotaMs: before.quotaMs, periodMs: before.periodMs });
}

function pin(world: HostWorld, group: HostGroup, cpus: readonly number[]): Result<HostUndo, HostRefusal> {
  const last = world.spec.cpus - 1;
  const wrong = cpus.length === 0 ? outside('cpus', -1, 0, last) : cpus.map((cpu) => (Number.isInteger(cpu) ? outside('cpus', cpu, 0, last) : outside('cpus', -1, 0, last))).find((each) => each !== null) ?? null;
  if (wrong !== null) return err(wrong);
  const { cpus: before } = settingsOfGroup(world, group);
  setGroupCpus(world.cpu, group.cpuGroup, cpus);
  return ok({ kind: 'pin-group', group: group.name, cpus: before });
}

/** As cgroup v2: the limit is set at once, what cannot be reclaimed is killed. */
function changeLimit(world: HostWorld, group: HostGroup, memoryLimitMib: number | null): Result<HostUndo, HostRefusal> {
  const wrong = memoryLimitMib === null ? null : outside('memoryLimitMib', memoryLimitMib, 1, world.spec.memoryMib);
  if (wrong !== null) return err(wrong);
  const { memoryLimitMib: before } = settingsOfGroup(world, group);
  if (setMemoryLimit(world.memory.tree, group.memoryGroup, pagesOrUnlimited(memoryLimitMib), 'v2') === 'over') outgrownLimit(world, group.memoryGroup);
  return ok({ kind: 'set-memory-limit', group: group.name, memoryLimitMib: before });
}

/** Who is above it now sleeps when it next wants memory. */
function changeHigh(world: HostWorld, group: HostGroup, memoryHighMib: number | null): Result<HostUndo, HostRefusal> {
  const wrong = memoryHighMib === null ? null : outside('memoryHighMib', memoryHighMib, 1, world.spec.memoryMib);
  if (wrong !== null) return err(wrong);
  const { memoryHighMib: before = null } = settingsOfGroup(world, group);
  world.memory.tree.groups[group.memoryGroup]!.highPages = pagesOrUnlimited(memoryHighMib);
  return ok({ kind: 'set-memory-high', group: group.name, memoryHighMib: before });
}

function changeIo(world: HostWorld, group: HostGroup, { direction, mibPerSecond, iops }: Extract<HostCommand, { readonly kind: 'set-io-limit' }>): Result<HostUndo, HostRefusal> {
  const throttle = world.io?.throttles[groupNamed(world, group.name)];
  if (throttle === undefined) return err({ code: 'no-disk' });
  const wrong = (mibPerSecond === null ? null : outside('mibPerSecond', mibPerSecond, 0.001, 1e6)) ?? (iops === null ? null : outside('iops', iops, 1, 1e9));
  if (wrong !== null) return err(wrong);
  const before = settingsOfGroup(world, group).io?.[direction] ?? NO_IO_LIMIT;
  setIoLimit(throttle, direction, { bytesPerSecond: (mibPerSecond ?? Infinity) * BYTES_PER_MIB, iops: iops ?? Infinity }, world.cpu.nowUs);
  return ok({ kind: 'set-io-limit', group: group.name, direction, ...before });
}

type ProgramCommand = Extract<HostCommand, { readonly program: string }>;

function changeProgram(world: HostWorld, command: ProgramCommand): Result<HostUndo, HostRefusal> {
  const program = programNamed(world, command.program);
  if (program === null) return err({ code: 'not-found', what: 'program', name: command.program });
  switch (command.kind) {
    case 'renice-program':
      return renice(world, program, command.nice);
    case 'move-program':
      return move(world, program, command.group);
    case 'rotate-log':
      return rotateProgramLog(world, program, command.tellsWriter);
    case 'stop-program':
      askToStop(world, program, 'down');
      return ok({ kind: 'restart-program', program: program.spec.name });
    default:
      askToStop(world, program, 'start');
      return ok(null);
  }
}

function renice(world: HostWorld, program: Program, nice: number): Result<HostUndo, HostRefusal> {
  const wrong = outside('nice', Number.isInteger(nice) ? nice : NaN, -20, 19);
  if (wrong !== null) return err(wrong);
  const before = program.nice;
  program.nice = nice;
  for (const { task } of program.lanes) reniceTask(world.cpu, task, nice);
  return ok({ kind: 'renice-program', program: program.spec.name, nice: before });
}

/** Its tasks compete in the new group at once; pages it has stay charged to the old one (cgroup v2 moves no charges). */
function move(world: HostWorld, program: Program, name: string): Result<HostUndo, HostRefusal> {
  const to = groupNamed(world, name);
  if (to < 0) return err({ code: 'not-found', what: 'group', name });
  const { group: before } = settingsOfProgram(world, program);
  for (const { task } of program.lanes) moveTaskToGroup(world.cpu, task, world.groups[to]!.cpuGroup);
  program.group = to;
  return ok({ kind: 'move-program', program: program.spec.name, group: before });
}

function outside(what: string, value: number, min: number, max: number): HostRefusal | null {
  return value >= min && value <= max ? null : { code: 'out-of-range', what, value, min, max };
}
