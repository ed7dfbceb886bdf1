/** Time passes on a fluid host: work is done, what was not done waits, groups above their quota count as throttled. */
import { divideCpu } from './divide-cpu';
import type { FairHost } from './fair-host';

const CONTENT = 1e-9;

/** Advances by `us`, over which demands are constant. Backlogs are worked off as fast as the thread may run. */
export function advanceFairHost(host: FairHost, us: number): void {
  if (wants(host, us)) divideCpu(host);
  host.nowUs += us;
  for (let task = 0; task < host.taskCores.length; task += 1) {
    const cores = host.taskCores[task]!;
    host.taskCpuUs[task]! += cores * us;
    host.taskWaitUs[task]! += Math.max(0, host.wantedCores[task]! - cores) * us;
    const arrived = host.demandCores[task]!;
    if (arrived < Infinity) host.backlogUs[task] = Math.max(0, host.backlogUs[task]! + (arrived - cores) * us);
  }
  for (let group = 0; group < host.groupCores.length; group += 1) {
    host.groupCpuUs[group]! += host.groupCores[group]! * us;
    if (host.quotaCores[group]! < Infinity) countThrottling(host, group, us);
  }
}

/** Works out what every task wants in this step; false when nothing is different from the last one. */
function wants(host: FairHost, us: number): boolean {
  const { demandCores, backlogUs, wantedCores } = host;
  let { changed } = host;
  for (let task = 0; task < demandCores.length; task += 1) {
    const wanted = Math.min(1, demandCores[task]! + backlogUs[task]! / us);
    if (wanted === wantedCores[task]) continue;
    wantedCores[task] = wanted;
    changed = true;
  }
  host.changed = false;
  return changed;
}

/** A group that wants more than its quota is throttled once a period, on as many CPUs as it has threads for. */
function countThrottling(host: FairHost, group: number, us: number): void {
  const cores = host.groupCores[group]!;
  if (cores === 0) return;
  const periods = us / host.periodUs[group]!;
  host.periods[group]! += periods;
  const wanted = wantedBelow(host, group);
  if (cores < host.quotaCores[group]! - CONTENT || wanted <= cores + CONTENT) return;
  host.throttledPeriods[group]! += periods;
  host.throttledUs[group]! += (Math.min(wanted, host.cpus) - cores) * us;
}

function wantedBelow(host: FairHost, group: number): number {
  let wanted = 0;
  for (let i = host.memberStart[group]!; i < host.memberStart[group + 1]!; i += 1) wanted += host.wantedCores[host.members[i]!]!;
  for (let i = host.childStart[group]!; i < host.childStart[group + 1]!; i += 1) wanted += host.groupWanted[host.childGroups[i]!]!;
  return wanted;
}
