/** What a person tries on a host: a command, or a fault that lasts some time or to the end. Each takes one number at most. */
import { hostFaultWords, os, type HostFault } from '@/engine/twin';

export type Tried = { readonly command: os.HostCommand } | { readonly fault: HostFault; /** Null: to the end. */ readonly lastsSeconds: number | null };

export function changesAt(tried: Tried, atSeconds: number): readonly os.HostChange[] {
  if ('command' in tried) return [{ atSeconds, command: tried.command }];
  const { fault, lastsSeconds } = tried;
  return [{ atSeconds, fault, on: true }, ...(lastsSeconds === null ? [] : [{ atSeconds: atSeconds + lastsSeconds, fault, on: false }])];
}

export function triedWords(tried: Tried): string {
  if ('command' in tried) return os.describeHostCommand(tried.command);
  const { fault, lastsSeconds } = tried;
  return `${hostFaultWords(fault)}${lastsSeconds === null ? '' : ` for ${lastsSeconds} s`}`;
}

export function keyOf(tried: Tried): string {
  if ('fault' in tried) return `${tried.fault.kind} ${'program' in tried.fault ? tried.fault.program : ''}`;
  const { command } = tried;
  const of = 'group' in command && command.kind !== 'move-program' ? command.group : 'program' in command ? command.program : 'certificate' in command ? command.certificate : '';
  const variant = (command.kind === 'set-quota' && command.quotaMs === null) ? ' none' : command.kind === 'rotate-log' && command.tellsWriter ? ' told' : command.kind === 'set-io-limit' ? ` ${command.direction}` : command.kind === 'set-suspend' && command.afterSeconds === null ? ' never' : '';
  return `${command.kind} ${of}${variant}`;
}

/** Null where it takes none. */
export function amountOf(tried: Tried): number | null {
  const of = 'command' in tried ? tried.command : tried.fault;
  switch (of.kind) {
    case 'set-quota':
      return of.quotaMs;
    case 'set-cpu-weight':
      return of.cpuWeight;
    case 'set-memory-limit':
      return of.memoryLimitMib;
    case 'set-memory-high':
      return of.memoryHighMib;
    case 'set-io-limit':
      return of.mibPerSecond;
    case 'renice-program':
      return of.nice;
    case 'set-suspend':
      return of.afterSeconds;
    case 'host-cpu-thief':
      return of.threads;
    case 'host-slow-disk':
    case 'program-load-factor':
      return of.factor;
    case 'program-leak':
      return of.mibPerSecond;
    default:
      return null;
  }
}

export function withAmount(tried: Tried, value: number): Tried {
  return 'command' in tried ? { command: commandWith(tried.command, value) } : { ...tried, fault: faultWith(tried.fault, value) };
}

function commandWith(command: os.HostCommand, value: number): os.HostCommand {
  switch (command.kind) {
    case 'set-quota':
      return { ...command, quotaMs: value };
    case 'set-cpu-weight':
      return { ...command, cpuWeight: value };
    case 'set-memory-limit':
      return { ...command, memoryLimitMib: value };
    case 'set-memory-high':
      return { ...command, memoryHighMib: value };
    case 'set-io-limit':
      return { ...command, mibPerSecond: value };
    case 'renice-program':
      return { ...command, nice: Math.round(value) };
    case 'set-suspend':
      return { ...command, afterSeconds: value };
    default:
      return command;
  }
}

function faultWith(fault: HostFault, value: number): HostFault {
  switch (fault.kind) {
    case 'host-cpu-thief':
      return { ...fault, threads: Math.round(value) };
    case 'host-slow-disk':
    case 'program-load-factor':
      return { ...fault, factor: value };
    case 'program-leak':
      return { ...fault, mibPerSecond: value };
    default:
      return fault;
  }
}
