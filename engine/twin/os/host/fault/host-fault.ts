/** What goes wrong on a Linux host, as a person writes it. Part of the one union of faults; `host` names the host, where there are several. */
import { unreachable } from '@/engine/kernel';

export type HostFault =
  /** A panic or a hard reset: everything is lost, the host boots at once. */
  | { readonly kind: 'host-crash' }
  /** Off until the fault ends; then it boots. */
  | { readonly kind: 'host-power-loss' }
  /** Clients do not reach it, and it reaches nobody. */
  | { readonly kind: 'host-network-cut' }
  /** Everything that waits for the disk takes so many times as long. */
  | { readonly kind: 'host-slow-disk'; readonly factor: number }
  /** Errors of the disk: the file system is read-only until the fault ends. */
  | { readonly kind: 'host-disk-read-only' }
  /** Threads of no program that never stop computing: in a group, or outside of all. */
  | { readonly kind: 'host-cpu-thief'; readonly threads: number; readonly group?: string }
  /** The clock is off by so much (+: ahead). */
  | { readonly kind: 'host-clock-skew'; readonly skewSeconds: number }
  | { readonly kind: 'program-leak'; readonly program: string; readonly mibPerSecond: number }
  /** SIGKILL: its supervisor decides what comes next. */
  | { readonly kind: 'program-kill'; readonly program: string }
  /** SIGSTOP, or a frozen group: it keeps its memory and answers nobody until the fault ends. */
  | { readonly kind: 'program-freeze'; readonly program: string }
  | { readonly kind: 'program-load-factor'; readonly program: string; readonly factor: number };

export type PlacedHostFault = HostFault & { readonly host: string };

const WORDS: Readonly<Record<HostFault['kind'], true>> = { 'host-crash': true, 'host-power-loss': true, 'host-network-cut': true, 'host-slow-disk': true, 'host-disk-read-only': true, 'host-cpu-thief': true, 'host-clock-skew': true, 'program-leak': true, 'program-kill': true, 'program-freeze': true, 'program-load-factor': true };
export const HOST_FAULT_KINDS = Object.keys(WORDS) as readonly HostFault['kind'][];
export const isHostFaultKind = (kind: string): kind is HostFault['kind'] => Object.hasOwn(WORDS, kind);
export const isHostFault = (fault: { readonly kind: string }): fault is PlacedHostFault => isHostFaultKind(fault.kind);

/** What it hits, by name. */
export const subjectOfHostFault = (fault: PlacedHostFault) => ('program' in fault ? `${fault.host}/${fault.program}` : fault.host);

/** Nothing is left to take back: what it did goes its own way. */
export const isMoment = ({ kind }: HostFault) => kind === 'host-crash' || kind === 'program-kill';

export function hostFaultWords(fault: HostFault): string {
  switch (fault.kind) {
    case 'host-crash':
      return 'the host crashes';
    case 'host-power-loss':
      return 'the power is cut';
    case 'host-network-cut':
      return 'the network is cut';
    case 'host-slow-disk':
      return `the disk is ${fault.factor} times slower`;
    case 'host-disk-read-only':
      return 'the disk fails, read-only';
    case 'host-cpu-thief':
      return `${fault.threads} ${fault.threads === 1 ? 'thread' : 'threads'} of nobody compute${fault.threads === 1 ? 's' : ''}${fault.group === undefined ? '' : ` in ${fault.group}`}`;
    case 'host-clock-skew':
      return `the clock is ${Math.abs(fault.skewSeconds)} s ${fault.skewSeconds < 0 ? 'behind' : 'ahead'}`;
    case 'program-leak':
      return `${fault.program} leaks ${fault.mibPerSecond} MiB/s`;
    case 'program-kill':
      return `${fault.program} is killed`;
    case 'program-freeze':
      return `${fault.program} is frozen`;
    case 'program-load-factor':
      return `${fault.program} gets ${fault.factor} × the load`;
    default:
      return unreachable(fault);
  }
}

/** The same with the host, as a title has it. */
export function placedHostFaultWords(fault: PlacedHostFault): string {
  const words = hostFaultWords(fault);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${fault.host})`;
}
