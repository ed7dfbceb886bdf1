/** What an importer understood: a mesh, and counts of what it could not use. */
import type { SpecIssue } from '../../spec-issue';
import type { MeshLinkSpec, MeshRouterSpec, MeshSpec } from '../mesh-spec';

export type ImportedMesh = {
  readonly format: 'meshviewer' | 'netjson' | 'batctl' | 'links' | 'laboratory' | 'mesh';
  readonly spec: MeshSpec;
  /** Nothing is dropped in silence: how many, and why. */
  readonly dropped: readonly { readonly what: string; readonly count: number }[];
  readonly issues: readonly SpecIssue[];
  /** Clients that the tables list; the mesh itself knows routers only. */
  readonly clients: number;
};

/** Collects routers and links of a foreign document under unique names. */
export type MeshDraft = {
  readonly routers: Map<string, MeshRouterSpec>;
  readonly names: Set<string>;
  readonly links: Map<string, MeshLinkSpec>;
  readonly dropped: Map<string, number>;
};

export const meshDraft = (): MeshDraft => ({ routers: new Map(), names: new Set(), links: new Map(), dropped: new Map() });

export function drop({ dropped }: MeshDraft, what: string, count = 1): void {
  dropped.set(what, (dropped.get(what) ?? 0) + count);
}

/** Further ones are counted and left out. The twin itself takes 2 000; a sweep of failures takes all of these. */
export const ROUTERS_MAX = 20_000;

/** Adds a router under its key; a name that another router has gets the key added. */
export function addRouter(draft: MeshDraft, key: string, router: MeshRouterSpec): void {
  if (draft.routers.has(key)) return drop(draft, 'routers listed twice');
  if (draft.routers.size >= ROUTERS_MAX) return drop(draft, `routers beyond ${ROUTERS_MAX}`);
  const name = draft.names.has(router.name) ? `${router.name} (${key})` : router.name;
  draft.names.add(name);
  draft.routers.set(key, { ...router, name });
}

/** Joins two routers by key; a second link between them is counted and left out. */
export function addLink(draft: MeshDraft, a: string, b: string, link: Omit<MeshLinkSpec, 'a' | 'b'>): void {
  const ends = [draft.routers.get(a)?.name, draft.routers.get(b)?.name];
  if (ends[0] === undefined || ends[1] === undefined) return drop(draft, 'links to unknown routers');
  if (a === b) return drop(draft, 'links from a router to itself');
  const key = a < b ? `${a}|${b}` : `${b}|${a}`;
  if (draft.links.has(key)) return drop(draft, 'further links between two routers');
  draft.links.set(key, { a: ends[0], b: ends[1], ...link });
}

export function finishDraft(draft: MeshDraft, format: ImportedMesh['format'], more: Omit<MeshSpec, 'routers' | 'links'> = {}, clients = 0): ImportedMesh {
  const spec: MeshSpec = { ...more, routers: [...draft.routers.values()], links: [...draft.links.values()] };
  const noRouters: SpecIssue = { path: '', code: 'missing', message: 'no routers were found in it', suggestion: 'check that it is the file you meant' };
  return { format, spec, dropped: [...draft.dropped].map(([what, count]) => ({ what, count })), issues: spec.routers.length === 0 ? [noRouters] : [], clients };
}
