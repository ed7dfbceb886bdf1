/**
 * A kubelet on the host: every ten seconds it reads what is free, and under pressure one program goes, without grace, chosen by the
 * cluster's own rules (use above request, priority, amount). It does not come back by itself: its pod has failed.
 */
import { callAt } from '../../cpu';
import { bytesOf, evictionReadings } from '../../memory';
import { EVICTION_INTERVAL_SECONDS, HARD_THRESHOLDS, nextEviction, type PodUse, type Threshold } from '../../../infra/kubernetes/node';
import { isOff } from '../fault/host-trouble';
import { HostCall } from '../host-call';
import { anonPages, noteEvent, type HostWorld, type Program } from '../host-world';
import { stopProgram } from '../program/life/program-life';
import { logPath } from '../program/work/program-log';
import { spoolPath } from '../program/work/program-spool';

const MIB = 1_048_576;

export function planEviction(world: HostWorld): void {
  if (world.spec.upkeep?.eviction !== undefined) callAt(world.cpu, world.cpu.nowUs + EVICTION_INTERVAL_SECONDS * 1e6, HostCall.evict);
}

export function evict(world: HostWorld): void {
  planEviction(world);
  if (isOff(world) || world.cpu.nowUs < world.trouble.upFromUs) return;
  const running = world.programs.filter(({ phase }) => phase === 'ready' || phase === 'starting');
  const found = nextEviction(evictionReadings(world.memory, world.disk), running.map((program) => useOf(world, program)), thresholdsOf(world));
  const victim = running.find(({ spec }) => spec.name === found?.pod.name);
  if (found === null || victim === undefined) return;
  stopProgram(world, victim);
  victim.phase = 'down';
  victim.exits += 1;
  victim.lastExit = `evicted: the host was low on ${found.signal}`;
  noteEvent(world, 'evicted', victim.spec.name, `the host was low on ${found.signal}`);
}

/** The kubelet's hard thresholds, those that are set in their place. */
function thresholdsOf({ spec }: HostWorld): readonly Threshold[] {
  const { memoryAvailableMib, diskAvailablePercent, inodesFreePercent } = spec.upkeep?.eviction ?? {};
  return HARD_THRESHOLDS.map((threshold): Threshold => {
    const set = threshold.signal === 'memory.available' ? memoryAvailableMib : threshold.signal === 'nodefs.available' ? diskAvailablePercent : threshold.signal === 'nodefs.inodesFree' ? inodesFreePercent : undefined;
    if (set === undefined) return threshold;
    return { signal: threshold.signal, below: threshold.signal === 'memory.available' ? { kind: 'amount', value: set * MIB } : { kind: 'percent', value: set } };
  });
}

function useOf({ disk, spec: { name: host } }: HostWorld, program: Program): PodUse {
  const { name, memoryRequestMib = 0, priority = 0 } = program.spec;
  const [log, spool] = [disk?.files.get(logPath(program)), disk?.files.get(spoolPath(program.spec))];
  return {
    pod: { name, namespace: host, labels: {}, priority, containers: [{ requests: { memory: memoryRequestMib * MIB } }] },
    memoryBytes: bytesOf(anonPages(program)),
    diskBytes: (log?.bytes ?? 0) + (spool?.bytes ?? 0),
    inodes: (log?.inodes ?? 0) + (spool?.inodes ?? 0),
    processes: program.lanes.length + program.frozen.length,
  };
}
