/** The running mesh as a NetJSON NetworkGraph, with costs as batman-adv tools give them: 255 / TQ. */
import { linkTq } from '../mesh-sample';
import { InterfaceStatus, type MeshState } from '../mesh-state';

export type NetJsonGraph = {
  readonly type: 'NetworkGraph';
  readonly protocol: 'batman-adv';
  readonly version: string;
  readonly metric: 'TQ';
  readonly nodes: readonly { readonly id: string; readonly label: string; readonly properties: { readonly gateway: boolean; readonly up: boolean } }[];
  readonly links: readonly { readonly source: string; readonly target: string; readonly cost: number; readonly properties: { readonly tq: number } }[];
};

/** One link per direction that carries anything; `source` is who shows the TQ. */
export function exportNetJson(mesh: MeshState): NetJsonGraph {
  const { topology, routers, interfaces } = mesh;
  const name = (which: number) => topology.names[topology.interfaceRouter[which]!]!;
  return {
    type: 'NetworkGraph',
    protocol: 'batman-adv',
    version: '2022.3',
    metric: 'TQ',
    nodes: topology.names.map((id, i) => ({ id, label: id, properties: { gateway: routers.isGateway[i] === 1, up: routers.up[i] === 1 } })),
    links: Array.from(topology.edgeFrom, (from, edge) => ({ from, to: topology.edgeTo[edge]!, tq: linkTq(mesh, edge) }))
      .filter(({ to, tq }) => tq > 0 && interfaces.status[to] === InterfaceStatus.active)
      .map(({ from, to, tq }) => ({ source: name(to), target: name(from), cost: Math.round((255_000 / tq)) / 1_000, properties: { tq } })),
  };
}
