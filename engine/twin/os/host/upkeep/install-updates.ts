/**
 * Updates: a program of the kind `updates` downloads what was released and unpacks it with CPU of its own group. Then the
 * programs that had it loaded are restarted (needrestart), and a kernel or a libc waits for a reboot; until then the old code runs.
 */
import { planUpdate } from '../../process';
import { giveWork } from '../../cpu';
import { callProgram, HostCall } from '../host-call';
import { noteEvent, type HostWorld, type Program } from '../host-world';
import { askToStop } from '../program/life/ask-to-stop';
import { pendingPackages } from './host-upkeep';

const BYTES_PER_MIB = 1_048_576;

/** The download of what is pending; nothing when nothing is. */
export function beginUpdates(world: HostWorld, program: Program): void {
  const { load } = program.spec;
  if (load.kind !== 'updates' || program.phase !== 'ready' || program.frozen.length > 0 || program.installing.length > 0) return;
  const packages = pendingPackages(world);
  if (packages.length === 0) return;
  program.installing = packages.map(({ name }) => name);
  const mib = packages.reduce((sum, each) => sum + each.mib, 0);
  callProgram(world, program, HostCall.downloaded, world.cpu.nowUs + (mib / load.downloadMibPerSecond) * 1e6);
}

export function unpack(world: HostWorld, program: Program): void {
  const { load } = program.spec;
  if (load.kind !== 'updates' || program.phase !== 'ready') return;
  const mib = installing(world, program).reduce((sum, each) => sum + each.mib, 0);
  giveWork(world.cpu, program.lanes[0]!.task, Math.max(1, mib * load.unpackMsPerMib * 1_000));
}

const installing = ({ spec }: HostWorld, { installing: names }: Program) => (spec.upkeep?.packages ?? []).filter(({ name }) => names.includes(name));

/** Everything is on the disk. */
export function installed(world: HostWorld, updater: Program): void {
  const packages = installing(world, updater);
  updater.installing = [];
  const { restarts, reboot } = planUpdate(packages.map(({ name, mib, usedBy, needsReboot }) => ({ name, version: '', bytes: mib * BYTES_PER_MIB, usedBy: usedBy, needsReboot: needsReboot ?? false })), Infinity, Infinity);
  world.upkeep.installed.push(...packages.map(({ name }) => name));
  world.upkeep.rebootNeeded ||= reboot;
  noteEvent(world, 'updated', updater.spec.name, `${packages.map(({ name }) => name).join(', ')}${reboot ? '; a reboot is needed' : ''}`);
  for (const program of world.programs) {
    if (!restarts.includes(program.spec.name)) continue;
    if (reboot) world.upkeep.stale.push(program.spec.name);
    else if (program.phase === 'ready') askToStop(world, program, 'start');
  }
}
