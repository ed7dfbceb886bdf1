/** The host of a scenario: the laboratory's groups, the recorder beside them, and what else runs on the machine. */
import { randomStream, type Random } from '@/engine/kernel';
import { addCpuGroup, addCpuTask, createCpuHost, ROOT_GROUP, type CpuHost } from '../exact';
import { weightOfShares } from '../weights';
import { cpusOfList, type CpuLabScenario, type LabGroup, type LabHostFacts } from './cpu-lab-scenario';
import { RECORDING_HOST } from './recording-host';

export type LabHost = {
  readonly host: CpuHost;
  readonly groups: Map<string, number>;
  readonly recorder: number;
  readonly daemons: readonly number[];
  readonly random: Random;
};

export function labHost(scenario: CpuLabScenario, facts: LabHostFacts, seed: number): LabHost {
  const host = createCpuHost({
    cpus: facts.cpus,
    seed,
    kernel: { ...(facts.hz === undefined ? {} : { hz: facts.hz }), ...(facts.cfsBandwidthSliceUs === undefined ? {} : { bandwidthSliceUs: facts.cfsBandwidthSliceUs }) },
  });
  const lab = addCpuGroup(host, { name: 'lab' });
  const control = addCpuGroup(host, { name: 'control', parent: lab, cpus: allowed(scenario.ctlCpus, facts.cpus) });
  const work = addCpuGroup(host, { name: 'work', parent: lab });
  const groups = new Map<string, number>();
  for (const group of scenario.groups) groups.set(group.name, addLabGroup(host, group, groups.get(parentOf(group.name)) ?? work, facts.cpus));
  return {
    host,
    groups,
    recorder: addCpuTask(host, { name: 'recorder', group: control }),
    daemons: Array.from({ length: RECORDING_HOST.daemons }, (_, i) => addCpuTask(host, { name: `daemon${i}`, group: ROOT_GROUP })),
    random: randomStream(seed, 'cpu-lab'),
  };
}

const parentOf = (name: string) => name.slice(0, Math.max(0, name.lastIndexOf('/')));

function addLabGroup(host: CpuHost, group: LabGroup, parent: number, cpus: number): number {
  const limited = group.quotaUs !== undefined && group.quotaUs > 0;
  return addCpuGroup(host, {
    name: group.name,
    parent,
    weight: weightOfShares(group.shares ?? 1_024),
    idle: group.idle === 1,
    cpus: allowed(group.cpus, cpus),
    ...(limited ? { quotaUs: group.quotaUs, periodUs: group.periodUs, burstUs: group.burstUs } : {}),
  });
}

/** CPUs of a list that the host has; all of them when that leaves none. */
export function allowed(list: string | undefined, cpus: number): number[] | undefined {
  const named = list === undefined ? [] : cpusOfList(list).filter((cpu) => cpu < cpus);
  return named.length === 0 ? undefined : named;
}
