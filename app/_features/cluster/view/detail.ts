/** What is drawn how near: sizes are CSS pixels of a node's cell. */
export const GAPS_FROM_PX = 3;
export const PODS_FROM_PX = 24;
export const NODE_NAME_FROM_PX = 84;
export const POD_NAME_FROM_PX = 54;

export type Inside = { readonly left: number; readonly top: number; readonly step: number };

/** The gap around a cell: none far off, then a hairline, at most 6 px. */
export const gapPx = (scale: number) => (scale < GAPS_FROM_PX ? 0 : Math.max(1, Math.min(6, Math.round(scale * 0.09))));

/** Where the seats of the pods lie inside a cell: below the head with the node's name once there is one. */
export function insideOf(scale: number, side: number): Inside {
  const edge = gapPx(scale) / 2 + Math.max(2, scale * 0.06);
  const head = scale >= NODE_NAME_FROM_PX ? 22 : Math.max(3, scale * 0.12);
  const room = Math.min(scale - 2 * edge, scale - edge - head - gapPx(scale) / 2);
  return { left: edge + (scale - 2 * edge - room) / 2, top: gapPx(scale) / 2 + head, step: room / side };
}
