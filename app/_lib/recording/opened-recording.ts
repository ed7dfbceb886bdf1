/** The recording that is open in this tab, shared by the pages that look at it. */
'use client';

import { createStore, useStore } from '../store/create-store';
import type { OpenedRecording } from './open-recording';

const opened = createStore<OpenedRecording | null>(null);

export const useOpenedRecording = () => useStore(opened);
export const setOpenedRecording = (recording: OpenedRecording | null) => opened.set(recording);

export const SHIPPED_RECORDINGS = [
  { id: 'calm-day', title: 'A calm compressed day' },
  { id: 'faulty-day', title: 'A day with four faults' },
] as const;

/** The files of a shipped recording, as if somebody had dropped them. */
export async function fetchShippedRecording(id: string): Promise<File[]> {
  return Promise.all(
    ['recording.json', 'telemetry.parquet'].map(async (name) => {
      const response = await fetch(`/api/recordings/${encodeURIComponent(id)}/${name}`);
      if (!response.ok) throw new Error(`${name} of ${id} could not be read (${response.status})`);
      return new File([await response.blob()], name);
    }),
  );
}
