/**
 * Scrapes all targets once a second into the columns of a recording. Second k is due at start + k s
 * whatever happened before, so the schedule does not drift. All samples of a second carry the time its
 * scrapes began. A scrape that fails or comes late is a gap, with `up` at 0; nothing is filled in.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { appendRow, builtColumns, canonicalLabels, columnsBuilder, droppedRows, importExpositionText, parseLabels, type RecordedSignal, type TelemetryColumns } from '@/engine/telemetry';
import { scrape, type Target } from './scrape';

export type LoopOptions = {
  readonly seconds: number;
  /** Asked before every second: replicas come and go. */
  readonly targets: () => Promise<readonly Target[]>;
  readonly onSecond: (second: number, summary: LoopSummary) => void;
  readonly signal: AbortSignal;
};
/** `droppedLines` are sample lines that could not be read or held no finite number. */
export type LoopSummary = { scrapes: number; missedScrapes: number; droppedLines: number };
export type LoopResult = {
  readonly columns: TelemetryColumns;
  /** What `# TYPE` and `# UNIT` lines said, by metric family. */
  readonly declared: ReadonlyMap<string, RecordedSignal>;
  readonly startedAtMs: number;
  /** Fewer than asked for when it was stopped. */
  readonly seconds: number;
  readonly summary: LoopSummary;
};

const MS_PER_SECOND = 1_000;

export async function scrapeLoop({ seconds, targets, onSecond, signal }: LoopOptions): Promise<LoopResult> {
  const builder = columnsBuilder();
  const summary: LoopSummary = { scrapes: 0, missedScrapes: 0, droppedLines: 0 };
  const declared = new Map<string, RecordedSignal>();
  let lastSecond = 0;
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
    lastSecond = second;
    onSecond(second, summary);
  }
  return { columns: builtColumns(builder), declared, startedAtMs, seconds: lastSecond, summary };

  function keep(target: Target, text: string | null, atUs: number) {
    const { host } = new URL(target.url);
    const read = text === null ? null : importExpositionText(text, { atUs, where: target.url });
    summary.scrapes += 1;
    appendRow(builder, atUs, 'up', canonicalLabels([['instance', host], ['job', target.job]]), read?.ok ? 1 : 0);
    if (!read?.ok) {
      summary.missedScrapes += 1;
      return;
    }
    const { columns, counts } = read.value;
    summary.droppedLines += droppedRows(counts);
    for (const [name, signal] of read.value.declared) declared.set(name, signal);
    for (let row = 0; row < columns.rows; row += 1) {
      const labels = columns.labels.dictionary[columns.labels.keys[row]!]!;
      appendRow(builder, columns.atUs[row]!, columns.signal.dictionary[columns.signal.keys[row]!]!, withLabels(labels, target.extraLabels), columns.value[row]!);
    }
  }
}

function withLabels(text: string, extra: Target['extraLabels']): string {
  if (extra.length === 0) return text;
  const labels = parseLabels(text);
  return canonicalLabels([...(labels.ok ? labels.value : []), ...extra]);
}
