/** Begins a fault of a host, or takes it back. */
import { unreachable } from '@/engine/kernel';
import { rebootHost } from '../command/reboot-host';
import { noteEvent, programNamed, type HostWorld, type Program } from '../host-world';
import { exitProgram } from '../program/life/program-life';
import { leakLater } from '../program/memory/program-memory';
import { HostCall } from '../host-call';
import { callAt } from '../../cpu';
import { wakeHost } from '../power/suspend-host';
import { turnClock } from '../upkeep/turn-clock';
import { freezeProgram, thawProgram } from './freeze-program';
import { hostFaultWords, isMoment, type HostFault } from './host-fault';
import { isOff } from './host-trouble';
import { powerOff, powerOn } from './power-off';
import { addStrangers, endStrangers } from './strangers';

/** A program of the fault that is not there (it has moved) is left alone. */
export function setHostFault(world: HostWorld, fault: HostFault, on: boolean): void {
  if (!on && isMoment(fault)) return;
  noteEvent(world, on ? 'fault' : 'mended', 'program' in fault ? fault.program : world.spec.name, hostFaultWords(fault));
  wakeHost(world);
  const { trouble } = world;
  const sign = on ? 1 : -1;
  switch (fault.kind) {
    case 'host-crash':
      return isOff(world) ? undefined : rebootHost(world);
    case 'host-power-loss':
      return on ? powerOff(world) : powerOn(world);
    case 'host-network-cut':
      trouble.networkCuts = Math.max(0, trouble.networkCuts + sign);
      return trouble.networkCuts === 0 ? letGo(world) : undefined;
    case 'host-slow-disk':
      trouble.diskFactor = on ? trouble.diskFactor * fault.factor : trouble.diskFactor / fault.factor;
      return;
    case 'host-disk-read-only':
      trouble.readOnly = Math.max(0, trouble.readOnly + sign);
      return;
    case 'host-cpu-thief':
      if (on && isOff(world)) return;
      return on ? addStrangers(world, fault.group ?? null, fault.threads) : endStrangers(world, fault.group ?? null, fault.threads);
    case 'host-clock-skew':
      return turnClock(world, sign * fault.skewSeconds * 1e6);
    default: {
      const program = programNamed(world, fault.program);
      return program === null ? undefined : setProgramFault(world, program, fault, on);
    }
  }
}

type ProgramFault = Extract<HostFault, { readonly program: string }>;

function setProgramFault(world: HostWorld, program: Program, fault: ProgramFault, on: boolean): void {
  switch (fault.kind) {
    case 'program-leak':
      program.leakMibPerSecond = Math.max(0, program.leakMibPerSecond + (on ? 1 : -1) * fault.mibPerSecond);
      return program.phase === 'ready' ? leakLater(world, program) : undefined;
    case 'program-kill':
      return program.phase === 'ready' || program.phase === 'starting' ? exitProgram(world, program, 'exit', 'killed from outside (SIGKILL)') : undefined;
    case 'program-freeze':
      return on ? freezeProgram(world, program) : thawProgram(world, program);
    case 'program-load-factor':
      program.loadFactor = on ? program.loadFactor * fault.factor : program.loadFactor / fault.factor;
      return;
    default:
      return unreachable(fault);
  }
}

/** Answers of others that waited for the network come in now. */
function letGo(world: HostWorld): void {
  const held = world.trouble.heldWaits;
  world.trouble.heldWaits = [];
  for (const id of held) callAt(world.cpu, world.cpu.nowUs, HostCall.waited, id);
}
