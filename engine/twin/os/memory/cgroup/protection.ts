/**
 * memory.min and memory.low (`mem_cgroup_calculate_protection`): a group is protected up to its setting, and when
 * siblings together claim more than their parent is protected, each gets its part. What is above is fair game.
 */
import type { MemoryGroup, MemoryTree } from './memory-group';

export type Protection = { readonly minPages: number; readonly lowPages: number };

/** Effective protection of `id` when reclaim starts at `root` (which itself is not protected from its own limit). */
export function effectiveProtection(tree: MemoryTree, root: number, id: number): Protection {
  if (id === root) return { minPages: 0, lowPages: 0 };
  const group = tree.groups[id]!;
  if (group.parent === root) return { minPages: claim(group, 'minPages'), lowPages: claim(group, 'lowPages') };
  const above = effectiveProtection(tree, root, group.parent);
  return { minPages: share(tree, group, 'minPages', above.minPages), lowPages: share(tree, group, 'lowPages', above.lowPages) };
}

type Setting = 'minPages' | 'lowPages';
const claim = (group: MemoryGroup, setting: Setting) => Math.min(group.chargedPages, group[setting]);

function share(tree: MemoryTree, group: MemoryGroup, setting: Setting, parentEffective: number): number {
  const own = claim(group, setting);
  const siblings = tree.groups[group.parent]!.children.reduce((sum, id) => sum + claim(tree.groups[id]!, setting), 0);
  return siblings > parentEffective && siblings > 0 ? Math.floor((own * parentEffective) / siblings) : own;
}
