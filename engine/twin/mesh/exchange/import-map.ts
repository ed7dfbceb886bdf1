/**
 * Community maps: `meshviewer.json` (nodes with location and is_gateway, links with source_tq and target_tq in 0..1),
 * NetJSON NetworkGraph (links with a cost), and plain lists of links. They share nodes, links, source and target, so
 * one reader takes what each offers.
 */
import { lossFromTq } from './loss-from-tq';
import { addLink, addRouter, drop, finishDraft, meshDraft, type ImportedMesh, type MeshDraft } from './imported-mesh';

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined);
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

export function importMap(document: Fields): ImportedMesh {
  const draft = meshDraft();
  const isNetJson = document.type === 'NetworkGraph';
  for (const node of list(document.nodes)) readNode(draft, fields(node));
  const links = list(document.links).map(fields);
  if (draft.routers.size === 0) namesFromLinks(draft, links);
  for (const link of links) readLink(draft, link);
  const format = isNetJson ? 'netjson' : links.some((link) => link.source_tq !== undefined) ? 'meshviewer' : 'links';
  return finishDraft(draft, format);
}

function readNode(draft: MeshDraft, node: Fields): void {
  const key = text(node.node_id) ?? text(node.id);
  if (key === undefined) return drop(draft, 'nodes without an id');
  if (node.is_online === false) return drop(draft, 'nodes that are offline');
  const location = fields(node.location);
  const properties = fields(node.properties);
  addRouter(draft, key, {
    name: (text(node.hostname) ?? text(node.name) ?? text(node.label) ?? key).slice(0, 200),
    x: number(node.x) ?? number(location.longitude),
    y: number(node.y) ?? number(location.latitude),
    gateway: node.is_gateway === true || properties.gateway === true ? true : undefined,
  });
}

function namesFromLinks(draft: MeshDraft, links: readonly Fields[]): void {
  const keys = new Set(links.flatMap((link) => [text(link.source), text(link.target)]));
  for (const key of keys) if (key !== undefined) addRouter(draft, key, { name: key.slice(0, 200) });
}

function readLink(draft: MeshDraft, link: Fields): void {
  const source = text(link.source);
  const target = text(link.target);
  if (source === undefined || target === undefined) return drop(draft, 'links without two ends');
  const cost = number(link.cost);
  const tqA = number(link.source_tq) ?? number(link.target_tq);
  const tqB = number(link.target_tq) ?? number(link.source_tq);
  if (tqA !== undefined && tqB !== undefined) {
    if (tqA <= 0 && tqB <= 0) return drop(draft, 'links with TQ 0 at both ends');
    const [lossPercent, lossPercentBack] = lossFromTq(asShare(tqA), asShare(tqB));
    return addLink(draft, source, target, { lossPercent, lossPercentBack });
  }
  // NetJSON: for batman-adv the cost is 255 / TQ, for OLSR the expected transmissions; both are 1 on a perfect link
  const [lossPercent, lossPercentBack] = cost !== undefined && cost > 1 ? lossFromTq(1 / cost, 1 / cost) : [0, 0];
  return addLink(draft, source, target, { lossPercent, lossPercentBack });
}

const asShare = (tq: number) => (tq > 1 ? tq / 255 : tq);
