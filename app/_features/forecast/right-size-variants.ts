/**
 * The system with fewer and fewer nodes: those that hold no mesh gateway go first, the dearest before the
 * cheaper. They go in the first second, so that what is measured is life without them, not the move.
 */
import type { ScenarioSpec } from '@/engine/scenario';

export type RightSizeVariant = { readonly name: string; readonly removed: readonly string[]; readonly spec: ScenarioSpec };

const MOST_REMOVED = 4;
/** Without a day of its own a load is watched this long after the warm-up. */
const WATCHED_SECONDS = 300;

/** The unchanged system first. At least one node stays. */
export function rightSizeVariants(spec: ScenarioSpec, daySeconds: number | null): readonly RightSizeVariant[] {
  const byOrder = [...spec.system.nodes].sort((a, b) => Number(a.router !== undefined) - Number(b.router !== undefined) || b.usdPerHour - a.usdPerHour || (a.name < b.name ? -1 : 1));
  const durationSeconds = (spec.warmUpSeconds ?? 0) + (daySeconds ?? WATCHED_SECONDS);
  return Array.from({ length: Math.min(MOST_REMOVED, byOrder.length - 1) + 1 }, (_, count) => {
    const removed = byOrder.slice(0, count).map((node) => node.name);
    const actions = removed.map((node) => ({ atSeconds: 1, command: { kind: 'remove-node', node } as const }));
    return { name: count === 0 ? 'as it is' : `without ${removed.join(', ')}`, removed, spec: { ...spec, durationSeconds, faults: (spec.faults ?? []).filter((fault) => !('node' in fault) || !removed.includes(fault.node)), actions } };
  });
}
