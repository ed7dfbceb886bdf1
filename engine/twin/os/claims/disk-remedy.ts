/**
 * "Remediated: disk." A rule that deletes old temporary files whenever the disk is above a threshold and reports success by exit code. What fills
 * the disk is the caller's: the report compares what the rule said with what was free afterwards.
 */
import { appendOpen, cleanUp, createFile, fileSystem, usage, type CleanUpRule } from '../filesystem';
import type { CleanUpRecord } from '../findings';

export type DiskRemedySpec = { readonly capacityBytes: number; readonly logBytesPerDay: number; readonly temporaryBytesPerDay: number; readonly thresholdPercent: number; readonly rule: CleanUpRule; readonly days: number };
export type DiskRemedyRun = { readonly records: readonly CleanUpRecord[]; readonly percentByDay: readonly number[]; readonly saidRemediated: number; readonly daysAboveAfterRemedy: number };

const DAY_US = 86_400e6;

export function runDiskRemedy(spec: DiskRemedySpec): DiskRemedyRun {
  const fs = fileSystem({ capacityBytes: spec.capacityBytes });
  createFile(fs, { path: '/var/log/app.log', kind: 'log', nowUs: 0, openBy: 'app' });
  const records: CleanUpRecord[] = [];
  const percentByDay: number[] = [];
  let daysAboveAfterRemedy = 0;
  for (let day = 1; day <= spec.days; day += 1) {
    const nowUs = day * DAY_US;
    appendOpen(fs, '/var/log/app.log', 'app', spec.logBytesPerDay, nowUs);
    createFile(fs, { path: `/tmp/job-${day}`, kind: 'temporary', bytes: spec.temporaryBytesPerDay, nowUs });
    if (usage(fs).usedPercent >= spec.thresholdPercent) {
      records.push({ atSeconds: nowUs / 1e6, effect: cleanUp(fs, spec.rule, nowUs, spec.thresholdPercent) });
      if (usage(fs).usedPercent >= spec.thresholdPercent) daysAboveAfterRemedy += 1;
    }
    percentByDay.push(usage(fs).usedPercent);
  }
  return { records, percentByDay, saidRemediated: records.length, daysAboveAfterRemedy };
}
