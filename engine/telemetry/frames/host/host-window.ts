/** What the scrapes said about one host between two frames, its groups and file systems included; what lasts longer is kept beside it. */
import { US_PER_SECOND } from '@/engine/kernel';
import type { DevicePart, GroupName, GroupPart, HostPart, HostRole, MountPart, Pressure, PressureKey } from './host-role';

export type PressureWindow = { readonly printed: Map<PressureKey, number>; readonly counted: Map<PressureKey, number> };

export type GroupWindow = {
  readonly name: GroupName;
  readonly sums: Map<GroupPart, number>;
  readonly pressure: PressureWindow;
  /** Those it may use; null: not read in the open window. */
  cpus: readonly number[] | null;
  /** Since it was first seen. */
  oomKills: number;
  restarts: number;
  lastExit: string | null;
  /** Its last count of processes was none. */
  isEmpty: boolean;
  /** It has been empty and came back: somebody starts it again. */
  comesBack: boolean;
};

export type UnitWindow = { state: string | null; restarts: number | null };

export type HostWindow = {
  readonly host: string;
  readonly sums: Map<HostPart, number>;
  readonly pressure: PressureWindow;
  readonly cpus: Set<string>;
  readonly groups: Map<string, GroupWindow>;
  readonly mounts: Map<string, Map<MountPart, number>>;
  readonly devices: Map<string, Map<DevicePart, number>>;
  readonly units: Map<string, UnitWindow>;
  /** Something other than its size was measured in the open window. */
  seen: boolean;
  bootTime: number | null;
  reboots: number | null;
  memoryBytes: number | null;
};

const pressureWindow = (): PressureWindow => ({ printed: new Map(), counted: new Map() });

export const hostWindow = (host: string): HostWindow => ({ host, sums: new Map(), pressure: pressureWindow(), cpus: new Set(), groups: new Map(), mounts: new Map(), devices: new Map(), units: new Map(), seen: false, bootTime: null, reboots: null, memoryBytes: null });

export function groupWindowOf(window: HostWindow, name: GroupName): GroupWindow {
  const known = window.groups.get(name.key);
  if (known !== undefined) return known;
  const fresh: GroupWindow = { name, sums: new Map(), pressure: pressureWindow(), cpus: null, oomKills: 0, restarts: 0, lastExit: null, isEmpty: false, comesBack: false };
  window.groups.set(name.key, fresh);
  return fresh;
}

/** Makes room for what a role tells of, so that limits count it before its first sample. */
export function registerRole(window: HostWindow, role: HostRole): void {
  if (role.of === 'group' || role.of === 'group-pressure' || role.of === 'cpuset') groupWindowOf(window, role.group);
  else if (role.of === 'device' && !window.devices.has(role.device)) window.devices.set(role.device, new Map());
  else if (role.of === 'mount' && !window.mounts.has(role.mount)) window.mounts.set(role.mount, new Map());
  else if (role.of === 'unit' && !window.units.has(role.unit)) window.units.set(role.unit, { state: null, restarts: null });
}

export function clearHostWindow(window: HostWindow): void {
  window.seen = false;
  window.sums.clear();
  clearPressure(window.pressure);
  for (const group of window.groups.values()) {
    group.sums.clear();
    group.cpus = null;
    clearPressure(group.pressure);
  }
  for (const mount of window.mounts.values()) mount.clear();
  for (const device of window.devices.values()) device.clear();
  for (const unit of window.units.values()) unit.state = unit.restarts = null;
}

function clearPressure({ printed, counted }: PressureWindow): void {
  printed.clear();
  counted.clear();
}

export function addHostGauge(window: HostWindow, role: HostRole, value: number): void {
  window.seen = true;
  switch (role.of) {
    case 'host':
      if (role.part === 'boot-time') return noteBoot(window, value);
      if (role.part === 'memory-total') window.memoryBytes = value;
      window.sums.set(role.part, value);
      return;
    case 'mount': {
      const mount = window.mounts.get(role.mount) ?? new Map<MountPart, number>();
      window.mounts.set(role.mount, mount.set(role.part, value));
      return;
    }
    case 'group':
      return addGroupGauge(groupWindowOf(window, role.group), role.part, value);
    case 'cpuset':
      groupWindowOf(window, role.group).cpus = role.cpus;
      return;
    case 'device':
      return; // all of its parts are counters
    case 'unit': {
      const unit = window.units.get(role.unit) ?? { state: null, restarts: null };
      window.units.set(role.unit, unit);
      if (role.part === 'restarts') unit.restarts = value;
      else if (value === 1) unit.state = role.state;
      return;
    }
    case 'host-pressure':
      return addPressure(window.pressure, role.pressure, value);
    case 'group-pressure':
      return addPressure(groupWindowOf(window, role.group).pressure, role.pressure, value);
  }
}

function addGroupGauge(group: GroupWindow, part: GroupPart, value: number): void {
  group.sums.set(part, value);
  if (part !== 'processes') return;
  if (group.isEmpty && value > 0) {
    group.restarts += 1;
    group.comesBack = true;
  }
  group.isEmpty = value === 0;
}

/** `fell`: the counter began anew, and with it whatever it counted for. */
export function addHostIncrease(window: HostWindow, role: HostRole, increase: number, elapsedUs: number, fell: boolean): void {
  window.seen = true;
  const perSecond = (increase * US_PER_SECOND) / elapsedUs;
  if (role.of === 'host') {
    if (!role.idle) window.sums.set(role.part, (window.sums.get(role.part) ?? 0) + perSecond);
  } else if (role.of === 'device') window.devices.get(role.device)?.set(role.part, perSecond);
  else if (role.of === 'host-pressure') addPressure(window.pressure, role.pressure, perSecond * 100);
  else if (role.of === 'group-pressure') addPressure(groupWindowOf(window, role.group).pressure, role.pressure, perSecond * 100);
  else if (role.of === 'group') addGroupIncrease(groupWindowOf(window, role.group), role.part, { increase, perSecond, fell });
}

function addGroupIncrease(group: GroupWindow, part: GroupPart, { increase, perSecond, fell }: { readonly increase: number; readonly perSecond: number; readonly fell: boolean }): void {
  if (part === 'cpu' && fell) group.restarts += 1;
  if (part === 'oom-kills') {
    group.oomKills += increase;
    if (increase > 0) group.lastExit = 'out of memory: killed by the kernel';
    return;
  }
  group.sums.set(part, (group.sums.get(part) ?? 0) + (part === 'cpu' || part === 'read' || part === 'written' ? perSecond : increase));
}

const addPressure = ({ printed, counted }: PressureWindow, { key, percent }: Pressure, value: number) => void (percent ? printed : counted).set(key, Math.min(100, Math.max(0, value)));

/** A clock that is set moves the boot time a little; a boot moves it by what lies between. */
const BOOT_SECONDS = 5;

function noteBoot(window: HostWindow, bootTime: number): void {
  if (window.bootTime !== null && bootTime > window.bootTime + BOOT_SECONDS) window.reboots = (window.reboots ?? 0) + 1;
  window.bootTime = bootTime;
  window.reboots ??= 0;
}
