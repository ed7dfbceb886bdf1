/** Does a command to a running host, and says what would undo it. */
import { err, ok, type Result } from '@/engine/kernel';
import { isOff } from '../../fault/host-trouble';
import { noteEvent, type HostWorld } from '../../host-world';
import { planSuspend, SUSPEND_AFTER_SECONDS_MAX, wakeHost } from '../../power/suspend-host';
import { shutDown } from '../../program/life/ask-to-stop';
import { configurationOf, restoringCommand } from '../../upkeep/drift-of-host';
import { callReboot } from '../../upkeep/host-upkeep';
import { beginUpdates } from '../../upkeep/install-updates';
import { renewNow } from '../../upkeep/keep-certificates';
import { cleanUpLogs } from '../clean-up-host';
import { describeHostCommand } from '../describe-host-command';
import type { HostCommand, HostRefusal, HostUndo } from '../host-command';
import { changeGroup } from './change-group';
import { changeProgram } from './change-program';
import { outside } from './outside';

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
  return changeGroup(world, command);
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
