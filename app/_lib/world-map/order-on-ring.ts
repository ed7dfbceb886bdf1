/**
 * An order around a ring in which linked things are near each other: from the given order, the swap that
 * shortens the links most, until none does. Deterministic, and quick enough for the tens of services a ring shows.
 */
export type RingEdge = { readonly from: string; readonly to: string };

const SWAPPED_MAX = 60;

export function orderOnRing(names: readonly string[], edges: readonly RingEdge[]): readonly string[] {
  const order = [...names];
  if (order.length > SWAPPED_MAX) return order;
  const length = () => {
    const at = new Map(order.map((name, i) => [name, i] as const));
    return edges.reduce((sum, { from, to }) => {
      const apart = Math.abs((at.get(from) ?? 0) - (at.get(to) ?? 0));
      return sum + Math.min(apart, order.length - apart) ** 2;
    }, 0);
  };
  const swap = (i: number, j: number) => ([order[i], order[j]] = [order[j]!, order[i]!]);
  for (let shortest = length(), improved = true; improved; ) {
    improved = false;
    for (let i = 1; i < order.length; i += 1) {
      for (let j = i + 1; j < order.length; j += 1) {
        swap(i, j);
        const now = length();
        if (now < shortest) [shortest, improved] = [now, true];
        else swap(i, j);
      }
    }
  }
  return order;
}
