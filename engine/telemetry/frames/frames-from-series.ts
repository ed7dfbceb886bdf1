/** A whole recording as frames, through the accumulator that also serves live systems. */
import { err, ok, US_PER_SECOND, type Result } from '@/engine/kernel';
import type { Frame, FrameSource } from '../frame';
import type { SystemHints } from '../recording/manifest';
import type { SeriesSet } from '../series/series';
import { closeScrape, frameAccumulator } from './frame-accumulator';
import { frameTimes, type FrameTimes } from './frame-times';
import { addSample, groupsOfHosts, trackSeries } from './tracked-series';

export type FramesOptions = { readonly scrapeSeconds: number; readonly hints: SystemHints; readonly source?: FrameSource; readonly times?: FrameTimes };

/** Samples of services and nodes in all frames together: more would not fit into a browser tab. */
export const FRAME_SAMPLES_MAX = 4_000_000;

export type RecordedFrames = { readonly frames: Frame[]; /** Series left out of frames by a limit of the accumulator. */ readonly refusedSeries: number };

/** In time order, one frame per scrape and per missing scrape. */
export function framesFromSeries(set: SeriesSet, options: FramesOptions): Frame[] {
  const recorded = recordedFrames(set, options);
  return recorded.ok ? recorded.value.frames : [];
}

/** As `framesFromSeries`, with what was left out; the error is the number of samples that is over FRAME_SAMPLES_MAX. */
export function recordedFrames(set: SeriesSet, options: FramesOptions): Result<RecordedFrames, number> {
  const { endsUs, scrapeUs } = options.times ?? frameTimes(set, options.scrapeSeconds);
  const accumulator = frameAccumulator({ source: options.source ?? 'recorded', scrapeSeconds: scrapeUs / US_PER_SECOND, hints: options.hints });
  const cursors = set.series.flatMap((series) => {
    const tracked = trackSeries(accumulator, series.signal, series.labelsText, series.labels);
    return tracked === null ? [] : [{ tracked, atUs: series.atUs, values: series.values, next: 0 }];
  });
  const samples = endsUs.length * (accumulator.services.size + accumulator.nodes.size + groupsOfHosts(accumulator.hosts));
  if (samples > FRAME_SAMPLES_MAX) return err(samples);
  const frames = Array.from(endsUs, (endUs) => {
    // A window takes the last sample of each series that lies in it.
    for (const cursor of cursors) {
      const first = cursor.next;
      while (cursor.next < cursor.atUs.length && cursor.atUs[cursor.next]! <= endUs) cursor.next += 1;
      if (cursor.next > first) addSample(accumulator, cursor.tracked, cursor.atUs[cursor.next - 1]!, cursor.values[cursor.next - 1]!);
    }
    return closeScrape(accumulator, endUs);
  });
  return ok({ frames, refusedSeries: accumulator.refusedSeries });
}
