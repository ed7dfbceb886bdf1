/** Configuration drift: the settings that a host has against those it should have, key by key, and the command that brings one back. */
import { configDrift, type Drift } from '../../process';
import type { HostCommand } from '../command/host-command';
import { settingsOfHost } from '../command/host-settings';
import type { HostWorld } from '../host-world';

const NONE = 'max'; // as the kernel writes it

/** `group api cpu.weight` → `100`. */
export function configurationOf(world: HostWorld): Record<string, string> {
  const { groups, programs } = settingsOfHost(world);
  const pairs = [
    ...groups.flatMap(({ group, cpuWeight, quotaMs, periodMs, memoryLimitMib, memoryHighMib, cpus }) => [
      [`group ${group} cpu.weight`, String(cpuWeight)],
      [`group ${group} cpu.max`, `${quotaMs ?? NONE} ${periodMs}`],
      [`group ${group} memory.max`, memoryLimitMib === null ? NONE : String(memoryLimitMib)],
      [`group ${group} memory.high`, String(memoryHighMib ?? NONE)],
      [`group ${group} cpuset.cpus`, (cpus ?? []).join(',')],
    ] as const),
    ...programs.flatMap(({ program, group, nice }) => [[`program ${program} nice`, String(nice)], [`program ${program} group`, group]] as const),
  ];
  return Object.fromEntries(pairs);
}

export const driftOfHost = (world: HostWorld): readonly Drift[] => configDrift(world.upkeep.wanted, configurationOf(world));

/** Null for a key that no command sets. */
export function restoringCommand(key: string, wanted: string): HostCommand | null {
  const [what, ...rest] = key.split(' ');
  const setting = rest.pop() ?? '';
  const name = rest.join(' ');
  if (what === 'program') return setting === 'nice' ? { kind: 'renice-program', program: name, nice: Number(wanted) } : { kind: 'move-program', program: name, group: wanted };
  const limit = (text: string) => (text === NONE ? null : Number(text));
  switch (setting) {
    case 'cpu.weight':
      return { kind: 'set-cpu-weight', group: name, cpuWeight: Number(wanted) };
    case 'cpu.max':
      return { kind: 'set-quota', group: name, quotaMs: limit(wanted.split(' ')[0]!), periodMs: Number(wanted.split(' ')[1]) };
    case 'memory.max':
      return { kind: 'set-memory-limit', group: name, memoryLimitMib: limit(wanted) };
    case 'memory.high':
      return { kind: 'set-memory-high', group: name, memoryHighMib: limit(wanted) };
    case 'cpuset.cpus':
      return { kind: 'pin-group', group: name, cpus: wanted.split(',').map(Number) };
    default:
      return null;
  }
}
