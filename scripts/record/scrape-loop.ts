/**
 * Scrapes all targets once a second into the columns of a recording. Second k is due at start + k s
 * whatever happened before, so the schedule does not drift. All samples of a second carry the time its
 * scrapes began. A scrape that fails or comes late is a gap, with `up` at 0; nothing is filled in.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { appendRow, builtColumns, canonicalLabels, columnsBuilder, type TelemetryColumns } from '@/engine/telemetry';
import { readExposition } from './exposition';
import { scrape, type Target } from './scrape';

export type LoopOptions = {
  readonly seconds: number;
  /** Asked before every second: replicas come and go. */
  readonly targets: () => Promise<readonly Target[]>;
  readonly onSecond: (second: number, summary: LoopSummary) => void;
  readonly signal: AbortSignal;
};
export type LoopSummary = { scrapes: number; missedScrapes: number; malformedLines: number };
export type LoopResult = { readonly columns: TelemetryColumns; readonly startedAtMs: number; readonly summary: LoopSummary };

const MS_PER_SECOND = 1_000;

export async function scrapeLoop({ seconds, targets, onSecond, signal }: LoopOptions): Promise<LoopResult> {
  const builder = columnsBuilder();
  const summary: LoopSummary = { scrapes: 0, missedScrapes: 0, malformedLines: 0 };
  const startedAtMs = Date.now();
  const origin = performance.now();
  for (let second = 0; second <= seconds && !signal.aborted; second += 1) {
    const aheadMs = origin + second * MS_PER_SECOND - performance.now();
    if (aheadMs < -MS_PER_SECOND) continue; // this second has passed: a gap
    if (aheadMs > 0) await sleep(aheadMs);
    const current = await targets();
    const atUs = Math.round((startedAtMs + performance.now() - origin) * 1_000);
    const texts = await Promise.all(current.map(scrape));
    current.forEach((target, i) => keep(target, texts[i] ?? null, atUs));
    onSecond(second, summary);
  }
  return { columns: builtColumns(builder), startedAtMs, summary };

  function keep(target: Target, text: string | null, atUs: number) {
    const { host } = new URL(target.url);
    summary.scrapes += 1;
    appendRow(builder, atUs, 'up', canonicalLabels([['instance', host], ['job', target.job]]), text === null ? 0 : 1);
    if (text === null) {
      summary.missedScrapes += 1;
      return;
    }
    const { samples, malformed } = readExposition(text, target.extraLabels);
    summary.malformedLines += malformed;
    for (const { name, labels, value } of samples) appendRow(builder, atUs, name, labels, value);
  }
}
