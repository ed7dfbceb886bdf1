/** The mesh as described, with the routers and links that commands have added to it since. */
import type { MeshSample } from '@/engine/telemetry';
import type { MeshSpec } from '@/engine/twin';

/** The last answer per description, so that it is the same object as long as nothing more is added. */
const grown = new WeakMap<MeshSpec, { readonly parts: number; readonly mesh: MeshSpec }>();

export function withAdded(mesh: MeshSpec, added: MeshSample['added']): MeshSpec {
  if (added === undefined) return mesh;
  const parts = added.routers.length + added.links.length;
  const known = grown.get(mesh);
  if (known?.parts === parts && known.mesh.routers.at(-1)?.name === (added.routers.at(-1)?.name ?? mesh.routers.at(-1)?.name)) return known.mesh;
  const larger = { ...mesh, routers: [...mesh.routers, ...added.routers.map((router) => ({ ...router, planned: true }))], links: [...mesh.links, ...added.links.map((link) => ({ ...link, planned: true }))] };
  grown.set(mesh, { parts, mesh: larger });
  return larger;
}

/** What is planned and there by now, by name, one a line: routers and links (`a|b`). */
export const builtParts = (mesh: MeshSpec, { routers = [], links }: MeshSample): string => {
  const up = new Set([...routers.filter((router) => router.up).map((router) => router.router), ...links.filter((link) => link.up).map((link) => `${link.from}|${link.to}`)]);
  return [...mesh.routers.filter((router) => router.planned === true).map(({ name }) => name), ...mesh.links.filter((link) => link.planned === true).map(({ a, b }) => `${a}|${b}`)].filter((part) => up.has(part)).join('\n');
};

/** The mesh as it stands: planned parts that are there by now are like all others. */
export function asBuilt(mesh: MeshSpec, built: string): MeshSpec {
  const there = new Set(built.split('\n'));
  return { ...mesh, routers: mesh.routers.map((router) => (there.has(router.name) ? { ...router, planned: false } : router)), links: mesh.links.map((link) => (there.has(`${link.a}|${link.b}`) ? { ...link, planned: false } : link)) };
}

/** A name that no router has: new-1, new-2 … */
export function freeName(mesh: MeshSpec): string {
  const names = new Set(mesh.routers.map((router) => router.name));
  let count = 1;
  while (names.has(`new-${count}`)) count += 1;
  return `new-${count}`;
}
