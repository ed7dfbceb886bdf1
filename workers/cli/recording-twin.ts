/** A recording named on the command line, with the twin that is fitted on it. */
import { stat } from 'node:fs/promises';
import { scenarioOfRecording, type ScenarioSpec } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import { calibrate } from '@/engine/twin';
import { findScenario } from '@/scenarios';
import { readRecording } from '@/workers/import/read-recording';
import { BadInput } from './bad-input';
import { pathFromHere } from './files';

/** Anything that is there and is neither a shipped scenario nor a scenario's file. */
export async function isRecording(name: string): Promise<boolean> {
  if (findScenario(name) !== undefined) return false;
  const found = await stat(pathFromHere(name)).catch(() => null);
  return found !== null && (found.isDirectory() || !/\.(ya?ml|json)(\.gz)?$/.test(name));
}

export async function readRecordingNamed(name: string) {
  const recording = await readRecording(pathFromHere(name));
  if (!recording.ok) throw new BadInput(recording.error.map((issue) => `${issue.where === '' ? name : issue.where}: ${issue.what}. ${issue.next}`));
  return recording.value;
}

export async function readTwinOfRecording(name: string): Promise<{ readonly spec: ScenarioSpec; readonly frames: readonly Frame[] }> {
  const recording = await readRecordingNamed(name);
  const { manifest, frames } = recording;
  const fitted = calibrate({ frames, hints: manifest.system, faults: manifest.faults });
  if (!fitted.ok) throw new BadInput(`${name}: ${fitted.error.message}; ${fitted.error.next}.`);
  return { spec: scenarioOfRecording(recording, fitted.value), frames };
}
