/**
 * Frames of the running fleet, one per second, the newest kept. A fleet that was started anew is another
 * system: its counters begin again, so what was accumulated is dropped and the twin is fitted again.
 */
import { addScrape, frameAccumulator, type Frame, type FrameAccumulator, type RecordedFault, type SystemHints } from '@/engine/telemetry';
import { readFleetState, type FleetState } from '../../connectors/fleet/fleet-client';
import { hintsFrom, scrapeFleet } from './scrape-fleet';

export const FRAMES_KEPT = 1_800;
const STATE_EVERY_SCRAPES = 5;

export type LiveFrames = {
  /** One scrape: its frame, or null when nothing answered. */
  tick(url: string, nowUs: number): Promise<Frame | null>;
  frames(): readonly Frame[];
  hints(): SystemHints | null;
  /** Faults that were injected while these frames were taken, for calibration to leave out. */
  faults(): readonly RecordedFault[];
  /** Changes with every start of the fleet. */
  runId(): string | null;
};

export function liveFrames(): LiveFrames {
  let frames: Frame[] = [];
  let accumulator: FrameAccumulator | null = null;
  let state: FleetState | null = null;
  let scrapes = 0;
  const seenFaults = new Map<string, FleetState['faults'][number]>();

  async function refresh(url: string) {
    const read = await readFleetState(url);
    if (!read.ok) return;
    if (read.value.runId !== state?.runId) {
      accumulator = frameAccumulator({ source: 'live', scrapeSeconds: 1, hints: hintsFrom(read.value) });
      frames = [];
      seenFaults.clear();
    }
    state = read.value;
    for (const fault of state.faults) seenFaults.set(fault.id, fault);
    for (const [id, fault] of seenFaults) if (fault.endedAt === null && !state.faults.some((now) => now.id === id)) seenFaults.set(id, { ...fault, endedAt: new Date().toISOString() });
  }

  async function tick(url: string, nowUs: number): Promise<Frame | null> {
    if (state === null || scrapes % STATE_EVERY_SCRAPES === 0) await refresh(url);
    scrapes += 1;
    if (accumulator === null) return null;
    const { tables } = await scrapeFleet(url, nowUs);
    if (tables.length === 0) return null;
    const frame = addScrape(accumulator, nowUs, tables);
    if (accumulator.scrape === 1) return null; // a first scrape has no window: its rates are unknown
    frames.push(frame);
    if (frames.length > FRAMES_KEPT) frames.shift();
    return frame;
  }

  function faults(): RecordedFault[] {
    const startMs = (frames[0]?.atUs ?? 0) / 1_000;
    return [...seenFaults.values()].map(({ fault, startedAt, endedAt, lastsSeconds }) => ({
      kind: String(fault.kind),
      subject: String(fault.service ?? fault.node ?? ''),
      atSeconds: (Date.parse(startedAt) - startMs) / 1_000,
      lastsSeconds: endedAt === null ? lastsSeconds : (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000,
    }));
  }

  return { tick, faults, frames: () => frames, hints: () => (state === null ? null : hintsFrom(state)), runId: () => state?.runId ?? null };
}
