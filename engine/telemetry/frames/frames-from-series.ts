/** A whole recording as frames, through the accumulator that also serves live systems. */
import { US_PER_SECOND } from '@/engine/kernel';
import type { Frame, FrameSource } from '../frame';
import type { SystemHints } from '../recording/manifest';
import type { SeriesSet } from '../series/series';
import { closeScrape, frameAccumulator } from './frame-accumulator';
import { frameTimes, type FrameTimes } from './frame-times';
import { addSample, trackSeries } from './tracked-series';

export type FramesOptions = { readonly scrapeSeconds: number; readonly hints: SystemHints; readonly source?: FrameSource; readonly times?: FrameTimes };

/** In time order, one frame per scrape and per missing scrape. A window takes the last sample of each series that lies in it. */
export function framesFromSeries(set: SeriesSet, options: FramesOptions): Frame[] {
  const { endsUs, scrapeUs } = options.times ?? frameTimes(set, options.scrapeSeconds);
  const accumulator = frameAccumulator({ source: options.source ?? 'recorded', scrapeSeconds: scrapeUs / US_PER_SECOND, hints: options.hints });
  const cursors = set.series.flatMap((series) => {
    const tracked = trackSeries(accumulator, series.signal, series.labelsText, series.labels);
    return tracked === null ? [] : [{ tracked, atUs: series.atUs, values: series.values, next: 0 }];
  });
  return Array.from(endsUs, (endUs) => {
    for (const cursor of cursors) {
      const first = cursor.next;
      while (cursor.next < cursor.atUs.length && cursor.atUs[cursor.next]! <= endUs) cursor.next += 1;
      if (cursor.next > first) addSample(accumulator, cursor.tracked, cursor.atUs[cursor.next - 1]!, cursor.values[cursor.next - 1]!);
    }
    return closeScrape(accumulator, endUs);
  });
}
