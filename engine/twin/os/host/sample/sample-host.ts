/** Takes a sample: differences of the kernel's accounts since the last one, and the levels now. */
import type { CleanUpSample, HostSample } from '@/engine/telemetry';
import { cpuBusyUs } from '../../cpu';
import { usage } from '../../filesystem';
import type { CleanUpRecord } from '../../findings';
import { availablePages, bytesOf, freePages } from '../../memory';
import { SAMPLES_MAX, type HostWorld } from '../host-world';
import { isOff } from '../fault/host-trouble';
import { takeHostPower } from '../power/host-power';
import { takeDevice } from './sample-device';
import { sampleGroup } from './sample-group';
import { sampleProgram } from './sample-program';
import { sampleStrangers } from './sample-strangers';
import { sampleUpkeep } from './sample-upkeep';
import { samplePressureOf } from './watch-pressure';

const BYTES_PER_MIB = 1_048_576;

export function sampleHost(world: HostWorld): void {
  const { cpu, memory } = world;
  const sinceUs = world.sampledUs;
  const windowUs = cpu.nowUs - sinceUs;
  const busyUs = cpu.cpus.reduce((sum, { id }) => sum + cpuBusyUs(cpu, id), 0);
  const groups = world.groups.map((group, i) => sampleGroup(world, group, i, windowUs));
  const cpuCores = (busyUs - world.busySeenUs) / windowUs;
  world.samples.push({
    host: world.spec.name,
    state: stateOf(world),
    atUs: cpu.nowUs,
    windowUs,
    size: { cpus: world.spec.cpus, memoryBytes: world.spec.memoryMib * BYTES_PER_MIB },
    cpuCores,
    waitingTasks: groups.reduce((sum, group) => sum + (group.waitingTasks ?? 0) + (group.throttledTasks ?? 0), 0),
    freeBytes: bytesOf(freePages(memory)),
    availableBytes: bytesOf(availablePages(memory)),
    disk: diskOf(world),
    ...filesystemsOf(world),
    ...takeDevice(world, windowUs),
    groups,
    programs: world.programs.flatMap((program) => (program.phase === 'moved' ? [] : [sampleProgram(world, program, windowUs)])),
    cleanUps: world.cleanUps.flatMap((record) => (record.atSeconds * 1e6 >= sinceUs ? [sampleCleanUp(record)] : [])),
    reboots: world.reboots,
    upkeep: sampleUpkeep(world),
    pressure: samplePressureOf(world),
    ...takeHostPower(world, windowUs, cpuCores),
    resumes: world.sleep.resumes,
    outside: sampleStrangers(world),
  });
  world.busySeenUs = busyUs;
  world.sampledUs = cpu.nowUs;
  if (world.samples.length > SAMPLES_MAX) world.samples.shift();
}

function stateOf(world: HostWorld): HostSample['state'] {
  if (isOff(world)) return 'off';
  if (world.cpu.nowUs < world.trouble.upFromUs) return 'booting';
  return world.sleep.state === 'awake' ? 'up' : world.sleep.state;
}

function diskOf({ disk }: HostWorld) {
  if (disk === null) return null;
  const { usedBytes, availableBytes, orphanBytes } = usage(disk);
  return { usedBytes, availableBytes, orphanBytes };
}

/** With its inodes, where they are said. */
function filesystemsOf({ disk, spec }: HostWorld): Pick<HostSample, 'filesystems'> {
  if (disk === null || spec.disk?.inodes === undefined) return {};
  const { usedBytes, availableBytes, inodesUsed } = usage(disk);
  return { filesystems: [{ mount: '/', usedBytes, availableBytes, inodesUsed, inodesMax: disk.inodesMax }] };
}

const sampleCleanUp = ({ atSeconds, effect: { freedBytes, percentBefore, percentAfter, verdict, holders } }: CleanUpRecord): CleanUpSample => ({ atUs: atSeconds * 1e6, freedBytes, percentBefore, percentAfter, verdict, holders });
