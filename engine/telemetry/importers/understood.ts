/** “What I understood”: shown to a person before an import is applied, so that nothing surprising is in it. */
import { signalNamed } from '../catalogue/catalogue';
import type { GoldenSignal, SignalDomain, SignalKind } from '../catalogue/signal';
import { familyOf } from '../catalogue/catalogue';
import type { Frame } from '../frame';
import type { FrameTimes, Gap } from '../frames/frame-times';
import { usedInHosts } from '../frames/host/host-role';
import { usedInFrames } from '../frames/series-role';
import { droppedRows, type RowCounts } from '../recording/import-issue';
import type { RecordedSignal } from '../recording/manifest';
import type { SeriesSet } from '../series/series';

export type UnderstoodSignal = {
  readonly name: string;
  readonly kind: SignalKind;
  readonly unit: string;
  /** null: not in the catalogue. */
  readonly domain: SignalDomain | null;
  readonly golden: GoldenSignal | null;
  readonly help: string;
  /** Its samples end in frames; other signals are kept as series only. */
  readonly inFrames: boolean;
  readonly series: number;
  readonly samples: number;
};

export type Understood = {
  readonly format: string;
  readonly startUs: number;
  readonly endUs: number;
  readonly scrapeSeconds: number;
  readonly frames: number;
  readonly services: readonly string[];
  readonly nodes: readonly string[];
  readonly signals: readonly UnderstoodSignal[];
  readonly unknownSignals: readonly string[];
  /** The longest ones, in time order. */
  readonly gaps: readonly Gap[];
  readonly missingScrapes: number;
  readonly counts: RowCounts;
  readonly sentence: string;
};

const LISTED_GAPS_MAX = 50;

type Parts = { readonly format: string; readonly set: SeriesSet; readonly signals: readonly RecordedSignal[]; readonly times: FrameTimes; readonly frames: readonly Frame[]; readonly counts: RowCounts };

export function understoodOf({ format, set, signals, times, frames, counts }: Parts): Understood {
  const last = frames[frames.length - 1];
  const services = last?.services.map((sample) => sample.service) ?? [];
  const nodes = [...new Set(frames.flatMap((frame) => frame.nodes.map((sample) => sample.node)))];
  const missingScrapes = times.gaps.reduce((sum, gap) => sum + gap.missingScrapes, 0);
  const longest = [...times.gaps].sort((x, y) => y.missingScrapes - x.missingScrapes || x.fromUs - y.fromUs).slice(0, LISTED_GAPS_MAX);
  const understood = {
    format,
    startUs: set.startUs,
    endUs: set.endUs,
    scrapeSeconds: times.scrapeUs / 1_000_000,
    frames: frames.length,
    services,
    nodes,
    signals: describedSignals(set, signals),
    unknownSignals: signals.flatMap(({ name }) => (signalNamed(name) === undefined ? [name] : [])),
    gaps: longest.sort((x, y) => x.fromUs - y.fromUs),
    missingScrapes,
    counts,
  };
  return { ...understood, sentence: sentenceOf(understood) };
}

function describedSignals(set: SeriesSet, signals: readonly RecordedSignal[]): UnderstoodSignal[] {
  const histograms = new Set(signals.flatMap(({ name, kind }) => (kind === 'histogram' ? [name] : [])));
  const tally = new Map<string, { series: number; samples: number; inFrames: boolean }>();
  for (const series of set.series) {
    const family = familyOf(series.signal, (name) => histograms.has(name));
    const count = tally.get(family) ?? { series: 0, samples: 0, inFrames: false };
    tally.set(family, { series: count.series + 1, samples: count.samples + series.atUs.length, inFrames: count.inFrames || usedInFrames(series.signal) || usedInHosts(series.signal) });
  }
  return signals.map(({ name, kind, unit }) => {
    const known = signalNamed(name);
    const count = tally.get(name) ?? { series: 0, samples: 0, inFrames: false };
    return { name, kind, unit, domain: known?.domain ?? null, golden: known?.golden ?? null, help: known?.help ?? '', ...count };
  });
}

function sentenceOf({ services, nodes, startUs, endUs, scrapeSeconds, unknownSignals, missingScrapes, counts, signals }: Omit<Understood, 'sentence'>): string {
  const many = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const seconds = Math.round((endUs - startUs) / 1_000_000);
  const unknown = unknownSignals.length === 0 ? '' : `, ${unknownSignals.length} of them not in the catalogue`;
  const gaps = missingScrapes === 0 ? 'no scrape is missing' : `${many(missingScrapes, 'scrape')} missing`;
  const dropped = droppedRows(counts);
  const rows = dropped === 0 ? `all ${many(counts.rows, 'row')} kept` : `${counts.kept} of ${many(counts.rows, 'row')} kept`;
  return `${many(services.length, 'service')} and ${many(nodes.length, 'node')} over ${many(seconds, 'second')}, a scrape every ${Number(scrapeSeconds.toFixed(3))} s; ${many(signals.length, 'signal')}${unknown}; ${gaps}; ${rows}.`;
}
