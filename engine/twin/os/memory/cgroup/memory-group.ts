/**
 * Memory of one control group. `chargedPages` is hierarchical as the kernel's page counter: own pages, those of
 * the children, and `stockPages`, which are charged ahead in batches and not used yet. File pages stand in a
 * queue of folios, least recently used first; a folio is reclaimed whole.
 */
import { invariant } from '@/engine/kernel';
import { UNLIMITED_PAGES } from '../pages';

export type MemoryVersion = 'v1' | 'v2';

/** File pages that were read or written together. `key` is the caller's name for them (file and position). */
export type Folio = { readonly key: number; pages: number; dirty: boolean; active: boolean; touchedUs: number };

export type MemoryGroup = {
  readonly id: number;
  readonly name: string;
  /** −1 for the root. */
  readonly parent: number;
  readonly children: number[];
  limitPages: number;
  highPages: number;
  minPages: number;
  lowPages: number;
  swapLimitPages: number;
  chargedPages: number;
  stockPages: number;
  anonPages: number;
  kernelPages: number;
  swapPages: number;
  /** Sum over `folios`. */
  filePages: number;
  folios: Folio[];
  /** Charges that the limit refused: `memory.failcnt`, or what `memory.events` calls max. */
  failcnt: number;
  /** Charges above `memory.high`. */
  highEvents: number;
  oomKills: number;
  /** `memory.oom_control` of cgroup v1: tasks wait instead of being killed. */
  oomDisabled: boolean;
  /** `memory.oom.group`: all of it dies together. */
  oomGroup: boolean;
  /** Pages in and out since the group was made, so that nothing appears or vanishes unseen. */
  pagesCharged: number;
  pagesUncharged: number;
  reclaimedPages: number;
  writtenBackPages: number;
};

export type MemoryGroupSpec = Partial<Pick<MemoryGroup, 'limitPages' | 'highPages' | 'minPages' | 'lowPages' | 'swapLimitPages' | 'oomDisabled' | 'oomGroup'>> & { readonly name: string; readonly parent?: number };

/** Control groups of a host and its swap device. Group 0 is the root, without a limit. */
export type MemoryTree = { groups: MemoryGroup[]; swapFreePages: number };

export const ROOT_MEMORY_GROUP = 0;

export function memoryTree(swapPages = 0): MemoryTree {
  const tree: MemoryTree = { groups: [], swapFreePages: swapPages };
  tree.groups.push(emptyGroup(ROOT_MEMORY_GROUP, -1, { name: '' }));
  return tree;
}

/** Adds a group below `parent` (default the root) and returns its id. */
export function addMemoryGroup(tree: MemoryTree, spec: MemoryGroupSpec): number {
  const parent = spec.parent ?? ROOT_MEMORY_GROUP;
  const above = tree.groups[parent];
  invariant(above !== undefined, `there is no memory group ${parent}`);
  const id = tree.groups.length;
  tree.groups.push(emptyGroup(id, parent, spec));
  above.children.push(id);
  return id;
}

const emptyGroup = (id: number, parent: number, spec: MemoryGroupSpec): MemoryGroup => ({
  id, name: spec.name, parent, children: [],
  limitPages: spec.limitPages ?? UNLIMITED_PAGES, highPages: spec.highPages ?? UNLIMITED_PAGES, minPages: spec.minPages ?? 0, lowPages: spec.lowPages ?? 0, swapLimitPages: spec.swapLimitPages ?? UNLIMITED_PAGES,
  chargedPages: 0, stockPages: 0, anonPages: 0, kernelPages: 0, swapPages: 0, filePages: 0, folios: [],
  failcnt: 0, highEvents: 0, oomKills: 0, oomDisabled: spec.oomDisabled ?? false, oomGroup: spec.oomGroup ?? false, pagesCharged: 0, pagesUncharged: 0, reclaimedPages: 0, writtenBackPages: 0,
});

/** The group and everything below it, parents first. */
export function subtree(tree: MemoryTree, id: number): MemoryGroup[] {
  const group = tree.groups[id]!;
  return [group, ...group.children.flatMap((child) => subtree(tree, child))];
}

/** The group and its ancestors, the root last. */
export function upward(tree: MemoryTree, id: number): MemoryGroup[] {
  const line: MemoryGroup[] = [];
  for (let at = id; at >= 0; at = tree.groups[at]!.parent) line.push(tree.groups[at]!);
  return line;
}

/** What a group itself holds, its stock apart. */
export const residentPages = (group: MemoryGroup) => group.anonPages + group.kernelPages + group.filePages;
/** Room below the limits from here to the root. */
export const marginPages = (tree: MemoryTree, id: number) => upward(tree, id).reduce((least, group) => Math.min(least, group.limitPages - group.chargedPages), Infinity);
