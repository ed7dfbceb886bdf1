/**
 * The histories a person can ask about: recordings that ship, the one opened in this tab, the running world
 * as it stands, and the demo world lived for as many days as a season needs to be learnt.
 */
'use client';

import { useMemo } from 'react';
import { demo } from '@/scenarios/demo';
import { HISTORY_FRAMES_MAX, type OpenedWorld } from '../live-world/live-world-state';
import { useRunningWorld } from '../live-world/use-live-world';
import type { OpenedRecording } from '../recording/open-recording';
import { SHIPPED_RECORDINGS, useOpenedRecording } from '../recording/opened-recording';
import type { Frame } from '@/engine/telemetry';

type Origin =
  | { readonly kind: 'shipped' }
  | { readonly kind: 'opened'; readonly recording: OpenedRecording }
  | { readonly kind: 'running'; readonly world: OpenedWorld; readonly frames: readonly Frame[] }
  | { readonly kind: 'demo'; readonly days: number };

export type Source = {
  /** Also the run's name in the database. */
  readonly id: string;
  readonly title: string;
  readonly made: 'recorded' | 'simulated';
  /** What it holds, in one sentence. */
  readonly about: string;
  /** Changes when the same source has other data. */
  readonly stamp: string;
  readonly from: Origin;
};

const DEMO_DAYS = 14;

export const DEMO_SOURCE: Source = {
  id: 'demo-days',
  title: `Demo world, ${DEMO_DAYS} compressed days`,
  made: 'simulated',
  about: `${demo.title}, lived for ${DEMO_DAYS} days of 8 minutes.`,
  stamp: '',
  from: { kind: 'demo', days: DEMO_DAYS },
};

const shippedSources: readonly Source[] = SHIPPED_RECORDINGS.map(({ id, title }) => ({ id, title, made: 'recorded', about: 'The small real system of this repository, recorded second by second.', stamp: '', from: { kind: 'shipped' } }));

function ownSource(recording: OpenedRecording): Source {
  const { manifest, understood } = recording.recording;
  return { id: manifest.id, title: manifest.title, made: 'recorded', about: understood.sentence, stamp: `${manifest.startedAt} ${manifest.rows}`, from: { kind: 'opened', recording } };
}

function runningSource(world: OpenedWorld, frames: readonly Frame[]): Source {
  return {
    id: 'running-world',
    title: `The running ${world.name}`,
    made: 'simulated',
    about: `What Now shows: the last ${frames.length} s (it keeps at most ${HISTORY_FRAMES_MAX}), with every change made there.`,
    stamp: `${world.spec.id} ${frames.at(-1)?.atUs ?? 0}`,
    from: { kind: 'running', world, frames },
  };
}

export function useSources(): readonly Source[] {
  const own = useOpenedRecording();
  const { opened: world, frames } = useRunningWorld();
  return useMemo(() => {
    const opened = own === null ? [] : [ownSource(own)];
    const shipped = shippedSources.filter((source) => !opened.some((other) => other.id === source.id));
    return [DEMO_SOURCE, ...shipped, ...opened, ...(frames.length === 0 ? [] : [runningSource(world, frames)])];
  }, [own, world, frames]);
}
