/** `import mesh`: anything that describes a mesh, as a mesh of the twin, a laboratory scenario or NetJSON. */
import { exportLabScenario, planMesh, type MeshSpec } from '@/engine/twin';
import { readMeshFiles } from '@/workers/mesh/mesh-files';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { writeBytes } from '../files';
import { decimalNumber, wholeNumber } from '../numbers';

const FORMS = ['mesh', 'laboratory'] as const;

const PLAN_SEED = 1;

function planned(mesh: MeshSpec, metresPerUnit: string | undefined, exponent: string): MeshSpec {
  if (mesh.routers.filter((router) => router.x !== undefined && router.y !== undefined).length < 2) throw new BadInput('--plan needs the positions of at least two routers.');
  const scale = metresPerUnit === undefined ? {} : { metresPerUnit: decimalNumber('--metres-per-unit', metresPerUnit, { min: 1e-6, max: 1e6 }) };
  return planMesh(mesh, { ...scale, pathLossExponent: decimalNumber('--exponent', exponent, { min: 1.5, max: 6 }) }, PLAN_SEED);
}

export const command = defineCommand({
  about: 'Reads meshviewer.json, NetJSON, a list of links, a laboratory scenario, or tables that batctl prints (o, n, gwl, tl, tg as text or JSON; each\nfile named by its router, such as roof.o.txt). Prints what was understood and what was left out; --out writes the mesh for the twin or the laboratory.',
  positionals: { names: 'FILE…', min: 1, max: 2_000 },
  options: {
    out: { type: 'string', value: 'FILE', help: 'Writes the mesh as JSON.' },
    as: { type: 'string', value: 'FORM', default: 'mesh', help: `What --out writes: ${FORMS.join(' or ')}.` },
    plan: { type: 'boolean', help: 'Adds links between placed routers that nobody measured, from a radio planning model.' },
    'metres-per-unit': { type: 'string', value: 'M', help: 'Scale of the positions for --plan; without it they are longitude and latitude.' },
    exponent: { type: 'string', value: 'N', default: '2.9', help: 'Path loss exponent for --plan: 2 free space, 2.7 to 3.5 in towns.' },
    seconds: { type: 'string', value: 'S', default: '300', help: 'Length of the laboratory scenario.' },
  },
  examples: ['import mesh meshviewer.json', 'import mesh tables/*.txt --out roofs.json', 'import mesh netjson.json --as laboratory --out roofs-lab.json', 'import mesh places.json --plan --exponent 3.2 --out planned.json'],
  async run(values, paths, io) {
    const form = FORMS.find((name) => name === values.as);
    if (form === undefined) throw new BadInput(`--as takes ${FORMS.join(' or ')}, not "${values.as}".`);
    const durationSeconds = wholeNumber('--seconds', values.seconds, { min: 10, max: 100_000 });
    const { format, spec: read, dropped, clients } = await readMeshFiles(paths);
    const spec = values.plan === true ? planned(read, values['metres-per-unit'], values.exponent) : read;
    if (values.out !== undefined) await writeBytes(values.out, `${JSON.stringify(form === 'mesh' ? spec : exportLabScenario(spec, { name: values.out.replace(/^.*\//, '').replace(/\.json(\.gz)?$/, ''), seed: 1, durationSeconds }), null, 1)}\n`);
    await io.json({ format, routers: spec.routers.length, links: spec.links.length, gateways: spec.routers.filter((router) => router.gateway === true).length, clients, dropped });
    return EXIT.ok;
  },
});
