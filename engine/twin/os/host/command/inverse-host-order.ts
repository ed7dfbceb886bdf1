/** The order that takes another one back, from the settings before it; null where nothing can (a restart, a deleted log, a reboot). */
import { unreachable } from '@/engine/kernel';
import type { HostOrder } from './host-order';
import { NO_IO_LIMIT, type HostSettings } from './host-settings';

/** Null too when the settings before are not known. */
export function inverseHostOrder(order: HostOrder, before: HostSettings | undefined): HostOrder | null {
  const { host } = order;
  const group = 'group' in order && order.kind !== 'move-program' ? before?.groups.find((each) => each.group === order.group) : undefined;
  const program = 'program' in order ? before?.programs.find((each) => each.program === order.program) : undefined;
  switch (order.kind) {
    case 'set-cpu-weight':
      return group === undefined || group.cpuWeight === null ? null : { kind: order.kind, host, group: group.group, cpuWeight: group.cpuWeight };
    case 'set-quota':
      return group === undefined || group.periodMs === null ? null : { kind: order.kind, host, group: group.group, quotaMs: group.quotaMs, periodMs: group.periodMs };
    case 'set-memory-limit':
      return group === undefined ? null : { kind: order.kind, host, group: group.group, memoryLimitMib: group.memoryLimitMib };
    case 'set-memory-high':
      return group === undefined ? null : { kind: order.kind, host, group: group.group, memoryHighMib: group.memoryHighMib ?? null };
    case 'set-io-limit':
      return group === undefined ? null : { kind: order.kind, host, group: group.group, direction: order.direction, ...(group.io?.[order.direction] ?? NO_IO_LIMIT) };
    case 'pin-group':
      return group === undefined || group.cpus === null ? null : { kind: order.kind, host, group: group.group, cpus: group.cpus };
    case 'renice-program':
      return program === undefined || program.nice === null ? null : { kind: order.kind, host, program: program.program, nice: program.nice };
    case 'move-program':
      return program === undefined ? null : { kind: order.kind, host, program: program.program, group: program.group };
    case 'migrate-program':
      return program === undefined ? null : { kind: order.kind, host: order.toHost, program: program.program, toHost: host, toGroup: program.group };
    case 'set-suspend':
      return before?.suspendAfterSeconds === undefined ? null : { kind: order.kind, host, afterSeconds: before.suspendAfterSeconds };
    case 'stop-program':
      return { kind: 'restart-program', host, program: order.program };
    case 'restart-program':
    case 'clean-up-logs':
    case 'rotate-log':
    case 'renew-certificate':
    case 'apply-updates':
    case 'reboot-host':
      return null;
    default:
      return unreachable(order);
  }
}
