/** How fast hosts are simulated: one with every scheduling decision, one with memory, logs and requests besides, and many as fluids. */
import { nextBelow, nextUnit, randomStream } from '@/engine/kernel';
import { os } from '@/engine/twin';

export type HostBench = {
  readonly exact: { readonly tasks: number; readonly simulatedSeconds: number; readonly switches: number; readonly wallSeconds: number };
  readonly whole: { readonly programs: number; readonly simulatedSeconds: number; readonly served: number; readonly wallSeconds: number };
  readonly fair: { readonly hosts: number; readonly tasks: number; readonly simulatedSeconds: number; readonly wallSeconds: number };
};

const CPUS = 4;
const GROUPS = 10;

/** Tasks of ten groups, a third of them never asleep, the others in bursts. */
export function benchExact(tasks: number, simulatedSeconds: number, seed: number, nowSeconds: () => number): HostBench['exact'] {
  const random = randomStream(seed, 'bench-host');
  const host = os.createCpuHost({ cpus: CPUS, seed });
  const groups = Array.from({ length: GROUPS }, (_, i) => os.addCpuGroup(host, { name: `g${i}`, weight: 512 * (1 + nextBelow(random, 4)), ...(i % 3 === 0 ? { quotaUs: 40_000 } : {}) }));
  const pauses = Array.from({ length: tasks }, () => 2_000 + 20_000 * nextUnit(random));
  const works = pauses.map(() => 500 + 4_000 * nextUnit(random));
  pauses.forEach((_, i) => {
    const task = os.addCpuTask(host, { name: `t${i}`, group: groups[i % GROUPS]! });
    if (i % 3 === 0) os.giveWork(host, task, Infinity);
    else os.callAt(host, pauses[i]!, i);
  });
  const began = nowSeconds();
  os.runCpuHost(host, simulatedSeconds * 1e6, {
    workDone: (_, task) => os.callAt(host, host.nowUs + pauses[task]!, task),
    called: (_, task) => os.giveWork(host, task, works[task]!),
  });
  return { tasks, simulatedSeconds, switches: host.cpus.reduce((sum, { switches }) => sum + switches, 0), wallSeconds: nowSeconds() - began };
}

const REQUESTS_PER_SECOND = 200;

/** A third of the programs answers requests, a third works at fixed times, a third computes without end; all of them log. */
export function benchWhole(programs: number, simulatedSeconds: number, seed: number, nowSeconds: () => number): HostBench['whole'] {
  const answering = Math.ceil(programs / 3);
  const loads: readonly os.ProgramLoad[] = [{ kind: 'requests', rps: REQUESTS_PER_SECOND / answering, lanes: 4, cpu: { meanMs: 4, cv: 1 } }, { kind: 'timer', everySeconds: 0.5, cpuMs: 5 }, { kind: 'busy', threads: 1 }];
  const host: os.HostSpec = {
    name: 'bench',
    cpus: CPUS,
    memoryMib: 65_536,
    disk: { sizeMib: 100_000, usedMib: 1_000 },
    groups: Array.from({ length: GROUPS }, (_, i) => ({ name: `g${i}`, memoryLimitMib: 4_096, ...(i % 3 === 0 ? { quotaMs: 40 } : {}) })),
    programs: Array.from({ length: programs }, (_, i) => ({ name: `p${i}`, group: `g${i % GROUPS}`, load: loads[i % loads.length]!, memoryMib: 20, logMibPerSecond: 0.01, restart: { delaySeconds: 1, longestSeconds: 8 } })),
  };
  const began = nowSeconds();
  const play = os.playHost(host, { seed, seconds: simulatedSeconds, countFromSeconds: 0, sampleSeconds: 1, changes: [] });
  return { programs, simulatedSeconds, served: play.programs.reduce((sum, { served }) => sum + served, 0), wallSeconds: nowSeconds() - began };
}

/** Every task's demand changes once a minute; shares are divided anew for each second in which something changed. */
export function benchFair(hosts: number, tasks: number, simulatedSeconds: number, seed: number, nowSeconds: () => number): HostBench['fair'] {
  const random = randomStream(seed, 'bench-hosts');
  const groups = Array.from({ length: GROUPS }, (_, i) => ({ name: `g${i}`, weight: 512 * (1 + (i % 4)), ...(i % 3 === 0 ? { quotaUs: 40_000 } : {}) }));
  const all = Array.from({ length: hosts }, () => os.createFairHost({ cpus: CPUS, groups, tasks: Array.from({ length: tasks }, (_, i) => ({ name: `t${i}`, group: i % GROUPS })) }));
  const began = nowSeconds();
  for (let second = 0; second < simulatedSeconds; second += 1) {
    for (const host of all) {
      for (let task = second % 60; task < tasks; task += 60) os.setDemand(host, task, 0.08 * nextUnit(random));
      os.advanceFairHost(host, 1e6);
    }
  }
  return { hosts, tasks, simulatedSeconds, wallSeconds: nowSeconds() - began };
}
