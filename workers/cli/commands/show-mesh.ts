/** `show mesh`: what batctl, NetJSON tools or Prometheus would see of a mesh, from the twin. */
import { readMeshFiles } from '@/workers/mesh/mesh-files';
import { SHOWN, showMesh } from '@/workers/mesh/show-mesh';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about: 'Runs a mesh for some simulated time and prints one router’s table as batctl prints it (text, or --json with batctl’s names), the whole mesh as\nNetJSON, or its counters as Prometheus text. Takes the same files as `import mesh`.',
  positionals: { names: 'FILE…', min: 1, max: 2_000 },
  options: {
    table: { type: 'string', value: 'WHAT', default: 'originators', help: `One of ${SHOWN.join(', ')}.` },
    router: { type: 'string', value: 'NAME', help: 'Whose table.' },
    at: { type: 'string', value: 'SECONDS', default: '120', help: 'Simulated seconds since the start.' },
    seed: { type: 'string', value: 'N', default: '1', help: 'Seed of losses and timers.' },
    json: { type: 'boolean', help: 'Tables as JSON.' },
  },
  examples: ['show mesh roofs.json --router roof', 'show mesh roofs.json --router roof --table gateways --json', 'show mesh roofs.json --table metrics --at 300'],
  async run(values, paths, io) {
    const shown = SHOWN.find((name) => name === values.table);
    if (shown === undefined) throw new BadInput(`--table takes one of ${SHOWN.join(', ')}, not "${values.table}".`);
    const atSeconds = wholeNumber('--at', values.at, { min: 1, max: 100_000 });
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 40 });
    const { spec } = await readMeshFiles(paths);
    await io.text(showMesh(spec, { shown, router: values.router, atSeconds, seed, json: values.json === true }));
    return EXIT.ok;
  },
});
