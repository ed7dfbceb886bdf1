/** `sweep mesh`: what every single failure would do to a mesh, which pairs are worse, and where one more router helps most. */
import { bestSites, meshGraph, sweepFailures, sweepPairs } from '@/engine/twin';
import { readMeshFiles } from '@/workers/mesh/mesh-files';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { decimalNumber, wholeNumber } from '../numbers';

const PAIRS_ROUTERS_MAX = 300;

export const command = defineCommand({
  about: 'Lets every router and every link of a mesh fail once (N−1): who loses every gateway, who comes back over another way and after how many seconds.\nPrints {routers, links, gateways, redundancy, impacts, pairs, sites}, the worst failures first. Takes the same files as `import mesh`.',
  positionals: { names: 'FILE…', min: 1, max: 2_000 },
  options: {
    gateway: { type: 'string', value: 'ROUTER', multiple: true, help: 'Takes this router for a gateway; may be given several times.' },
    top: { type: 'string', value: 'N', default: '20', help: 'Failures shown.' },
    pairs: { type: 'boolean', help: `Also pairs of routers that cut off more together than one by one (N−2; up to ${PAIRS_ROUTERS_MAX} routers).` },
    'redundancy-min': { type: 'string', value: 'SHARE', help: 'Exits 1 when the redundancy is below this (0..1).' },
  },
  examples: ['sweep mesh meshviewer.json', 'sweep mesh roofs.json --pairs --top 5', 'sweep mesh links.json --gateway n1 --redundancy-min 0.8'],
  async run(values, paths, io) {
    const top = wholeNumber('--top', values.top, { min: 1, max: 100_000 });
    const min = values['redundancy-min'] === undefined ? 0 : decimalNumber('--redundancy-min', values['redundancy-min'], { min: 0, max: 1 });
    const { spec } = await readMeshFiles(paths);
    const named = values.gateway ?? [];
    for (const name of named) if (!spec.routers.some((router) => router.name === name)) throw new BadInput(`--gateway ${name}: the mesh has no such router.`);
    const mesh = { ...spec, routers: spec.routers.map((router) => (named.includes(router.name) ? { ...router, gateway: true } : router)) };
    const gateways = mesh.routers.filter((router) => router.gateway === true).map((router) => router.name);
    if (gateways.length === 0) throw new BadInput('no router of this mesh is a gateway. Name one with --gateway ROUTER.');
    if (values.pairs === true && mesh.routers.length > PAIRS_ROUTERS_MAX) throw new BadInput(`--pairs would try ${(mesh.routers.length * (mesh.routers.length - 1)) / 2} pairs; ${PAIRS_ROUTERS_MAX} routers are the limit.`);
    const graph = meshGraph(mesh);
    const { impacts, redundancy } = sweepFailures(graph, mesh.ogmIntervalMs);
    await io.json({
      routers: mesh.routers.length,
      links: mesh.links.length,
      gateways,
      redundancy: Math.round(redundancy * 1_000) / 1_000,
      critical: impacts.filter((impact) => impact.lost.length > 0).length,
      impacts: impacts.slice(0, top).map(({ what, lost, rerouted }) => ({ ...what, lost, rerouted })),
      ...(values.pairs === true ? { pairs: sweepPairs(graph, top) } : {}),
      sites: bestSites(mesh),
    });
    return redundancy < min ? EXIT.assertionFailed : EXIT.ok;
  },
});
