/**
 * Snapshots by the calendar. What is overwritten is copied once, for the newest of them; the older ones share it, so each holds what
 * changed until the next was taken. One that finds no room for its copies is worth nothing and goes.
 */
import { callAt } from '../../cpu';
import { deleteSnapshot, overwriteUnder, takeSnapshot } from '../../filesystem';
import { HostCall } from '../host-call';
import { noteEvent, type HostWorld } from '../host-world';
import { isOff } from '../fault/host-trouble';
import { nextRunUs } from './calendar';

const BYTES_PER_MIB = 1_048_576;
const STEP_US = 300e6;
const HOUR_US = 3_600e6;

export function planSnapshots(world: HostWorld): void {
  const { spec, cpu, disk } = world;
  if (spec.upkeep?.snapshots === undefined || disk === null) return;
  planNext(world);
  callAt(cpu, cpu.nowUs + STEP_US, HostCall.snapshotGrows);
}

function planNext(world: HostWorld): void {
  const at = nextRunUs(world, world.spec.upkeep!.snapshots!.schedule);
  if (at !== null) callAt(world.cpu, at, HostCall.snapshot);
}

/** It is time for another one; the oldest goes when there are too many. */
export function takeDueSnapshot(world: HostWorld): void {
  planNext(world);
  const { disk, cpu, upkeep, spec } = world;
  if (disk === null || isOff(world) || world.trouble.readOnly > 0) return;
  upkeep.snapshotsTaken += 1;
  const name = `snapshot ${upkeep.snapshotsTaken}`;
  const taken = takeSnapshot(disk, name, (spec.disk?.usedMib ?? 0) * BYTES_PER_MIB, cpu.nowUs);
  if (taken === null) return noteEvent(world, 'disk-full', name, 'no room for it');
  upkeep.snapshots.push(taken);
  const freed = upkeep.snapshots.splice(0, Math.max(0, upkeep.snapshots.length - spec.upkeep!.snapshots!.keep)).reduce((sum, old) => sum + deleteSnapshot(disk, old), 0);
  noteEvent(world, 'snapshot', name, freed > 0 ? `the oldest gave ${Math.round(freed / BYTES_PER_MIB)} MiB back` : 'taken');
}

/** What was overwritten since the last look. */
export function growSnapshot(world: HostWorld): void {
  const { disk, cpu, upkeep, spec } = world;
  callAt(cpu, cpu.nowUs + STEP_US, HostCall.snapshotGrows);
  const newest = upkeep.snapshots.at(-1);
  if (disk === null || newest === undefined || isOff(world)) return;
  const bytes = (spec.upkeep!.snapshots!.changedMibPerHour * BYTES_PER_MIB * STEP_US) / HOUR_US;
  if (overwriteUnder(disk, newest, bytes, cpu.nowUs)) return;
  const freed = upkeep.snapshots.splice(-1, 1).reduce((sum, lost) => sum + deleteSnapshot(disk, lost), 0);
  noteEvent(world, 'disk-full', newest.name, `no room for what it must keep: it is lost, ${Math.round(freed / BYTES_PER_MIB)} MiB free`);
}
