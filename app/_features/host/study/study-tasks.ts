/** Tasks that share one CPU for a study of schedulers: loops that never stop, the last of them unimportant, and an editor that works a little at every key. */
import type { StudyWork } from '@/engine/twin';

export type StudyMix = { readonly loops: number; readonly lastNice: number; readonly everyMs: number; readonly workMs: number };

export const STUDY_SECONDS = 10;
export const USUAL_MIX: StudyMix = { loops: 3, lastNice: 10, everyMs: 20, workMs: 1 };
export const EDITOR = 'editor';

const UNIMPORTANT = 5;

export function studyTasks({ loops, lastNice, everyMs, workMs }: StudyMix): StudyWork[] {
  const untilUs = STUDY_SECONDS * 1e6;
  const keys = Array.from({ length: Math.ceil((STUDY_SECONDS * 1_000) / everyMs) }, (_, i) => ({ atUs: i * everyMs * 1_000, workUs: workMs * 1_000 }));
  const loop = (i: number): StudyWork => {
    const isLast = i === loops - 1;
    return { name: isLast ? 'index' : `loop ${i + 1}`, nice: isLast ? lastNice : 0, priority: isLast ? UNIMPORTANT : 1, pieces: [{ atUs: 0, workUs: untilUs }] };
  };
  return [...Array.from({ length: loops }, (_, i) => loop(i)), { name: EDITOR, priority: 0, pieces: keys }];
}
