/**
 * Routers and links that no plan names, from a command: who is heard and with how much loss, as given, or from the radio
 * model where both places are known as longitude and latitude. Refused where neither says.
 */
import { err, ok, type Result } from '@/engine/kernel';
import type { Refusal } from '../../command';
import { edgesBetween } from '../change-mesh';
import type { MeshAddition } from '../growth';
import type { MeshLinkSpec, MeshRouterSpec } from '../mesh-spec';
import { routerIndex, type MeshState } from '../mesh-state';
import { planLinks } from '../radio';
import type { MeshCommand, NewLink, NewNeighbour } from './mesh-command';
import { LOSS_PERCENT } from './read-mesh-command';

type AddRouter = Extract<MeshCommand, { kind: 'add-mesh-router' }>;
type AddLink = Extract<MeshCommand, { kind: 'add-mesh-link' }>;

/** As many as a mesh may be written with. */
const ROUTERS_MAX = 2_000;
const NO_DRAW = 1;
/** The model without its draw of shadowing: what to expect of a place, not one house in the way. */
const EXPECTED = { shadowingDb: 0 };

export function newRouter(mesh: MeshState, command: AddRouter): Result<MeshAddition, Refusal> {
  const { router: name, x, y } = command;
  const spec: MeshRouterSpec = x === undefined || y === undefined ? { name } : { name, x, y };
  if (mesh.topology.names.length >= ROUTERS_MAX) return err({ code: 'out-of-range', what: 'routers of the mesh', value: mesh.topology.names.length + 1, min: 1, max: ROUTERS_MAX });
  const modelled = planLinks([...placesOf(mesh), spec], EXPECTED, NO_DRAW).filter((link) => link.a === name || link.b === name);
  const neighbours: readonly NewNeighbour[] = command.neighbours ?? modelled.map((link) => ({ router: link.a === name ? link.b : link.a }));
  if (neighbours.length === 0) return err({ code: 'unsupported', kind: command.kind, target: `${name} without neighbours: name those who hear it, or a place (longitude and latitude) within reach of routers whose places are known` });
  const links: MeshLinkSpec[] = [];
  for (const [i, neighbour] of neighbours.entries()) {
    if (routerIndex(mesh, neighbour.router) < 0) return err({ code: 'not-found', what: 'router', name: neighbour.router });
    if (neighbours.findIndex((other) => other.router === neighbour.router) < i) return err({ code: 'unsupported', kind: command.kind, target: `${neighbour.router} twice as a neighbour` });
    const link = linkOf(mesh, { a: name, b: neighbour.router }, neighbour, command.kind, modelled.find((each) => each.a === neighbour.router || each.b === neighbour.router));
    if (!link.ok) return link;
    links.push(link.value);
  }
  return ok({ routers: [spec], links });
}

export function newLink(mesh: MeshState, command: AddLink): Result<MeshAddition, Refusal> {
  const { router: a, towards: b } = command;
  if (a === b) return err({ code: 'unsupported', kind: command.kind, target: `${a} with itself` });
  if (edgesBetween(mesh, routerIndex(mesh, a), routerIndex(mesh, b)).length > 0) return err({ code: 'unsupported', kind: command.kind, target: `${a}–${b}, which is there already` });
  const places = placesOf(mesh);
  const modelled = planLinks([a, b].flatMap((name) => places.find((place) => place.name === name) ?? []), EXPECTED, NO_DRAW)[0];
  const link = linkOf(mesh, { a, b }, command, command.kind, modelled);
  return link.ok ? ok({ routers: [], links: [link.value] }) : link;
}

function linkOf(mesh: MeshState, ends: Pick<MeshLinkSpec, 'a' | 'b'>, { lossPercent, lossPercentBack, throughputMbps }: NewLink, kind: MeshCommand['kind'], modelled: MeshLinkSpec | undefined): Result<MeshLinkSpec, Refusal> {
  for (const loss of [lossPercent, lossPercentBack]) if (loss !== undefined && !(loss >= LOSS_PERCENT.min && loss <= LOSS_PERCENT.max)) return err({ code: 'out-of-range', what: `loss of ${ends.a}–${ends.b} in per cent`, value: loss, ...LOSS_PERCENT });
  const rate = throughputMbps === undefined ? {} : { throughputMbps };
  const given = lossPercent ?? lossPercentBack;
  if (given !== undefined) return ok({ ...ends, lossPercent: given, lossPercentBack: lossPercentBack ?? given, ...rate });
  if (mesh.medium === 'link') return ok({ ...ends, ...rate });
  if (modelled === undefined) return err({ code: 'unsupported', kind, target: `${ends.a}–${ends.b} without a loss: the radio model needs both places as longitude and latitude, within reach of each other` });
  return ok({ ...ends, lossPercent: modelled.lossPercent, ...rate });
}

const placesOf = ({ topology, routers }: MeshState): MeshRouterSpec[] => topology.names.flatMap((name, i) => (routers.placed[i] === 1 ? [{ name, x: routers.x[i]!, y: routers.y[i]! }] : []));
