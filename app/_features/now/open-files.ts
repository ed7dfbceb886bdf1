/**
 * What files somebody dropped are: a recording, a mesh or a cluster, in this order. The page loads this module when the first
 * file falls, because the readers are larger than what the page needs before.
 */
import { openCluster, worldOfCluster } from '@/app/_lib/cluster-import/open-cluster';
import type { OpenedWorld } from '@/app/_lib/live-world/live-world-state';
import { meshSentence, readMeshFiles } from '@/app/_lib/mesh-world/read-mesh-files';
import { worldOfMesh } from '@/app/_lib/mesh-world/world-of-mesh';
import { openRecording, type OpenedRecording, type OpeningStage, type RecordingIssue } from '@/app/_lib/recording/open-recording';
import type { UnderstoodRecording } from './what-i-understood';

export type FoundSystem = { readonly kind: 'system'; readonly sentence: string; readonly what: 'mesh' | 'cluster'; readonly world: OpenedWorld };
export type FoundInFiles = { readonly kind: 'understood'; readonly found: UnderstoodRecording } | FoundSystem | { readonly kind: 'refused'; readonly issues: readonly RecordingIssue[] };

export async function openFiles(files: readonly File[], onStage: (stage: OpeningStage) => void): Promise<FoundInFiles> {
  const result = await openRecording(files, onStage);
  if (result.ok && result.value.twin !== null) return { kind: 'understood', found: { recording: result.value.recording, twin: result.value.twin } };
  const issues = result.ok ? onlyWatched(result.value) : result.issues;
  return (await meshIn(files)) ?? (await clusterIn(files)) ?? { kind: 'refused', issues };
}

/** Hosts that were recorded from inside have a page of their own. */
const onlyWatched = ({ noTwin }: OpenedRecording): readonly RecordingIssue[] => (noTwin === null ? [] : [{ ...noTwin, suggestion: `${noTwin.suggestion}; its hosts can be replayed on the Replay page` }]);

async function meshIn(files: readonly File[]): Promise<FoundSystem | null> {
  const mesh = await readMeshFiles(files);
  return mesh.ok ? { kind: 'system', what: 'mesh', sentence: meshSentence(mesh.value), world: worldOfMesh(files[0]!.name.replace(/\.[a-z]+$/, ''), mesh.value.spec).world } : null;
}

async function clusterIn(files: readonly File[]): Promise<FoundSystem | null> {
  const { opened, close } = await openCluster(files);
  close();
  const { scenario, card } = opened.twin;
  return scenario === null ? null : { kind: 'system', what: 'cluster', sentence: card.sentence, world: worldOfCluster(scenario) };
}
