/**
 * Looking back: the world as it was at an earlier moment, exactly. Every few seconds, and after every change from outside,
 * a copy is kept; an earlier moment is the copy before it, lived on. Copies are thinned out evenly when they grow too
 * many, except those after changes, because what happened there cannot be lived again without them.
 */
import { US_PER_SECOND, type TimeUs } from '@/engine/kernel';
import { advanceWorld } from './advance-world';
import { forkWorld, takeFrames, type World } from './world';

type Mark = { readonly world: World; readonly afterChange: boolean };

export type WorldHistory = {
  /** Oldest first; none of them is ever advanced. */
  marks: Mark[];
  spacingUs: number;
  /** The moment looked at last: whoever plays on from it need not begin at a mark. */
  recent: { readonly mark: Mark; readonly world: World } | null;
};

const SPACING_US = 5 * US_PER_SECOND;
const BYTES_MAX = 256 * 1024 * 1024;
/** What a world without large tables takes, about. */
const SMALL_BYTES = 1024 * 1024;
const MARKS_MAX = 60;

/** Advances the world and keeps copies on the way. */
export function advanceNoting(history: WorldHistory, world: World, untilUs: TimeUs): void {
  while (world.nowUs < untilUs) {
    advanceWorld(world, Math.min(untilUs, world.nowUs + SPACING_US) as TimeUs);
    noteMoment(history, world, false);
  }
}

export const worldHistory = (): WorldHistory => ({ marks: [], spacingUs: SPACING_US, recent: null });

/** Keeps a copy when one is due, or in any case after a change (also the undoing of one). A world too large to keep twice is not kept. */
export function noteMoment(history: WorldHistory, world: World, afterChange: boolean): void {
  if (marksMax(world) < 2) return;
  const last = history.marks.at(-1)?.world.nowUs ?? -Infinity;
  if (!afterChange && world.nowUs - last < history.spacingUs) return;
  const copy = forkWorld(world);
  takeFrames(copy);
  history.marks.push({ world: copy, afterChange });
  if (history.marks.filter((mark) => !mark.afterChange).length > marksMax(world)) thinOut(history);
}

/** Null before the first mark. The copy may be looked at, not changed; it holds until the next look. */
export function worldAt(history: WorldHistory, atUs: TimeUs): World | null {
  const mark = history.marks.findLast(({ world }) => world.nowUs <= atUs);
  if (mark === undefined) return null;
  const { recent } = history;
  const goesOn = recent !== null && recent.mark === mark && recent.world.nowUs <= atUs;
  const world = goesOn ? recent.world : forkWorld(mark.world);
  advanceWorld(world, atUs);
  takeFrames(world);
  history.recent = { mark, world };
  return world;
}

const marksMax = ({ mesh }: World) => Math.min(MARKS_MAX, Math.floor(BYTES_MAX / (SMALL_BYTES + (mesh?.tables.words.byteLength ?? 0))));

function thinOut(history: WorldHistory): void {
  let periodic = 0;
  history.marks = history.marks.filter((mark, i) => i === 0 || mark.afterChange || (periodic += 1) % 2 === 0);
  history.spacingUs *= 2;
}
