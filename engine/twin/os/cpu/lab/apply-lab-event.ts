/** What a scripted event does to the running host: values written to cgroup v1 files, processes killed or moved. */
import { moveTaskToGroup, setGroupCpus, setGroupIdle, setGroupWeight, setQuota } from '../exact';
import { weightOfShares } from '../weights';
import type { LabEvent } from './cpu-lab-scenario';
import { allowed } from './lab-host';
import { drawnItems, processEnded, spawnProcess } from './lab-process';
import type { LabRunState } from './lab-run-state';

export function applyLabEvent(run: LabRunState, event: LabEvent): void {
  run.events.push({ tS: (run.lab.host.nowUs - run.startUs) / 1e6, action: event.action, planS: event.tS, ...(event.group === undefined ? {} : { group: event.group }), ...(event.label === undefined ? {} : { label: event.label }) });
  switch (event.action) {
    case 'set':
      return writeFile(run, event.group ?? '', event.file ?? '', event.value ?? NaN);
    case 'spawn':
      if (event.proc !== undefined && event.group !== undefined) spawnProcess(run, { group: event.group, spec: event.proc, k: 0, items: drawnItems(run, event.proc, 0), tries: 0 });
      return;
    case 'kill':
      return kill(run, event.label ?? '');
    case 'move':
      return move(run, event);
  }
}

/** A value for a cgroup v1 file of a group; files of other controllers change no CPU. */
export function writeFile({ lab, cpus }: Pick<LabRunState, 'lab' | 'cpus'>, name: string, file: string, value: number | string): void {
  const group = lab.groups.get(name);
  if (group === undefined) return;
  const { bandwidth } = lab.host.groups[group]!;
  const number = Number(value);
  const quota = { quotaUs: bandwidth.quotaUs, periodUs: bandwidth.periodUs, burstUs: bandwidth.burstUs };
  switch (file) {
    case 'cpu/cpu.shares':
      return setGroupWeight(lab.host, group, weightOfShares(number));
    case 'cpu/cpu.cfs_quota_us':
      return setQuota(lab.host, group, { ...quota, quotaUs: number > 0 ? number : Infinity });
    case 'cpu/cpu.cfs_period_us':
      return setQuota(lab.host, group, { ...quota, periodUs: number });
    case 'cpu/cpu.cfs_burst_us':
      return setQuota(lab.host, group, { ...quota, burstUs: number });
    case 'cpu/cpu.idle':
      return setGroupIdle(lab.host, group, number === 1);
    case 'cpuset/cpuset.cpus': {
      const list = allowed(String(value), cpus);
      if (list !== undefined) setGroupCpus(lab.host, group, list);
    }
  }
}

function kill(run: LabRunState, label: string): void {
  for (const process of run.processes) {
    if (process.phase === 'ended' || !process.label.startsWith(label)) continue;
    processEnded(run, process, { code: null, signal: 'SIGKILL' });
  }
}

function move(run: LabRunState, { group, to }: LabEvent): void {
  const target = run.lab.groups.get(to ?? '');
  if (target === undefined) return;
  for (const process of run.processes) if (process.group === group) moveTaskToGroup(run.lab.host, process.task, target);
}
