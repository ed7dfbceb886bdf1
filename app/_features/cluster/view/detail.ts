/** What is drawn how near: sizes are CSS pixels of a node's cell. */
export const GAPS_FROM_PX = 3;
export const PODS_FROM_PX = 24;
export const NODE_NAME_FROM_PX = 84;
export const POD_NAME_FROM_PX = 54;

export type Inside = { readonly left: number; readonly top: number; readonly step: number };

/** The gap at a cell's left and upper side: none far off, then a hairline, at most 6 px. */
export const gapPx = (scale: number) => (scale < GAPS_FROM_PX ? 0 : Math.max(1, Math.min(6, Math.round(scale * 0.07))));
/** The coloured frame of a node whose inside can be seen. */
export const framePx = (scale: number) => Math.max(1, Math.min(3, Math.round(scale * 0.03)));
/** The band of its name and share. */
export const headPx = (scale: number) => (scale >= NODE_NAME_FROM_PX ? 24 : Math.max(2, Math.round(scale * 0.08)) + 1);

/** Where the seats of the pods lie inside a cell: below the head with the node's name once there is one. */
export function insideOf(scale: number, side: number): Inside {
  const edge = framePx(scale) + Math.max(1, scale * 0.02);
  const [width, height] = [scale - gapPx(scale) - 2 * edge, scale - gapPx(scale) - framePx(scale) - headPx(scale) - edge];
  const step = Math.min(width, height) / side;
  return { left: gapPx(scale) + edge + (width - step * side) / 2, top: gapPx(scale) + framePx(scale) + headPx(scale), step };
}
