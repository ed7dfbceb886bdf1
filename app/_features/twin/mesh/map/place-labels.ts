/**
 * Which names the map can show at this zoom without one covering another: gateways first, then who has lost the gateway, then
 * whoever has the most links. The order is the same in every frame, so names do not flicker while the world runs.
 */
import type { RouterMark } from './mesh-picture';

type Rect = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Width of a letter and height of the two lines of a label, about. */
const LETTER_PX = 7;
const LINES_PX = 28;
/** Of the line below the name, which changes as the world runs. */
const NOTE_LETTERS = 4;
const OFF_PX = 17;
const GAP_PX = 6;

/** `first` is shown whatever it covers. */
export function labelled(routers: readonly RouterMark[], { width, height }: { readonly width: number; readonly height: number }, degree: (name: string) => number, first: string | null): ReadonlySet<string> {
  const rank = (router: RouterMark) => (router.id === first ? 3 : router.isGateway ? 2 : router.mark !== 'none' || !router.reaches ? 1 : 0);
  const inOrder = [...routers].sort((a, b) => rank(b) - rank(a) || degree(b.name) - degree(a.name) || (a.name < b.name ? -1 : 1));
  const taken: Rect[] = [];
  const shown = new Set<string>();
  for (const router of inOrder) {
    const rect = labelOf(router);
    if (rect.right < 0 || rect.bottom < 0 || rect.left > width || rect.top > height) continue;
    if (router.id !== first && taken.some((other) => rect.left < other.right && other.left < rect.right && rect.top < other.bottom && other.top < rect.bottom)) continue;
    taken.push(rect);
    shown.add(router.name);
  }
  return shown;
}

function labelOf({ x, y, name, aside }: RouterMark): Rect {
  const wide = Math.max(name.length, NOTE_LETTERS) * LETTER_PX + GAP_PX;
  const left = Math.abs(aside.x) < 0.5 ? x - wide / 2 : aside.x > 0 ? x + OFF_PX * aside.x : x + OFF_PX * aside.x - wide;
  const top = y + (aside.y < -0.5 ? -40 : aside.y > 0.5 ? 12 : -14);
  return { left, top, right: left + wide, bottom: top + LINES_PX };
}
