/** Validates a host command's shape; whether its objects exist is the target's to say. */
import { has, member, onlyKeys, readChoice, readFlag, readList, readNumber, readText, type SpecReader } from '../../../spec-reader';
import { SUSPEND_AFTER_SECONDS_MAX } from '../power/suspend-host';
import type { HostCommand } from './host-command';
import type { HostCommandKind, HostOrder } from './host-order';

const MIB_MAX = 4_194_304;

export const readHostOrder = (at: SpecReader, kind: HostCommandKind): HostOrder => ({ ...readHostCommand(at, kind, ['host']), host: readText(member(at, 'host')) });

/** `besides` are keys that others read. */
export function readHostCommand(at: SpecReader, kind: HostCommandKind, besides: readonly string[] = []): HostCommand {
  const keys = (...own: string[]) => onlyKeys(at, ['kind', ...besides, ...own]);
  const text = (key: string) => readText(member(at, key));
  const number = (key: string, min: number, max: number, integer = false) => readNumber(member(at, key), { min, max, integer });
  switch (kind) {
    case 'set-cpu-weight':
      keys('group', 'cpuWeight');
      return { kind, group: text('group'), cpuWeight: number('cpuWeight', 1, 10_000) };
    case 'set-quota':
      keys('group', 'quotaMs', 'periodMs');
      return { kind, group: text('group'), quotaMs: has(at, 'quotaMs') ? number('quotaMs', 1, 1_000_000) : null, periodMs: has(at, 'periodMs') ? number('periodMs', 1, 1_000) : 100 };
    case 'set-memory-limit':
      keys('group', 'memoryLimitMib');
      return { kind, group: text('group'), memoryLimitMib: has(at, 'memoryLimitMib') ? number('memoryLimitMib', 1, MIB_MAX) : null };
    case 'set-memory-high':
      keys('group', 'memoryHighMib');
      return { kind, group: text('group'), memoryHighMib: has(at, 'memoryHighMib') ? number('memoryHighMib', 1, MIB_MAX) : null };
    case 'set-io-limit':
      keys('group', 'direction', 'mibPerSecond', 'iops');
      return { kind, group: text('group'), direction: readChoice(member(at, 'direction'), ['read', 'write']), mibPerSecond: has(at, 'mibPerSecond') ? number('mibPerSecond', 0.001, 1e6) : null, iops: has(at, 'iops') ? number('iops', 1, 1e9) : null };
    case 'pin-group':
      keys('group', 'cpus');
      return { kind, group: text('group'), cpus: readList(member(at, 'cpus'), (cpu) => readNumber(cpu, { min: 0, max: 1_023, integer: true }), { min: 1, max: 1_024 }) };
    case 'renice-program':
      keys('program', 'nice');
      return { kind, program: text('program'), nice: number('nice', -20, 19, true) };
    case 'move-program':
      keys('program', 'group');
      return { kind, program: text('program'), group: text('group') };
    case 'migrate-program':
      keys('program', 'toHost', 'toGroup');
      return { kind, program: text('program'), toHost: text('toHost'), toGroup: text('toGroup') };
    case 'set-suspend':
      keys('afterSeconds');
      return { kind, afterSeconds: has(at, 'afterSeconds') ? number('afterSeconds', 0.001, SUSPEND_AFTER_SECONDS_MAX) : null };
    case 'rotate-log':
      keys('program', 'tellsWriter');
      return { kind, program: text('program'), tellsWriter: readFlag(member(at, 'tellsWriter')) };
    case 'restart-program':
    case 'stop-program':
      keys('program');
      return { kind, program: text('program') };
    case 'renew-certificate':
      keys('certificate');
      return { kind, certificate: text('certificate') };
    case 'clean-up-logs':
    case 'apply-updates':
    case 'reboot-host':
      keys();
      return { kind };
  }
}
