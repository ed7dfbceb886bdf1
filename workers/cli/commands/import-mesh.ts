/** `import mesh`: anything that describes a mesh, as a mesh of the twin, a laboratory scenario or NetJSON. */
import { exportLabScenario } from '@/engine/twin';
import { readMeshFiles } from '@/workers/mesh/mesh-files';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { writeBytes } from '../files';
import { wholeNumber } from '../numbers';

const FORMS = ['mesh', 'laboratory'] as const;

export const command = defineCommand({
  about: 'Reads meshviewer.json, NetJSON, a list of links, a laboratory scenario, or tables that batctl prints (o, n, gwl, tl, tg as text or JSON; each\nfile named by its router, such as roof.o.txt). Prints what was understood and what was left out; --out writes the mesh for the twin or the laboratory.',
  positionals: { names: 'FILE…', min: 1, max: 2_000 },
  options: {
    out: { type: 'string', value: 'FILE', help: 'Writes the mesh as JSON.' },
    as: { type: 'string', value: 'FORM', default: 'mesh', help: `What --out writes: ${FORMS.join(' or ')}.` },
    seconds: { type: 'string', value: 'S', default: '300', help: 'Length of the laboratory scenario.' },
  },
  examples: ['import mesh meshviewer.json', 'import mesh tables/*.txt --out roofs.json', 'import mesh netjson.json --as laboratory --out roofs-lab.json'],
  async run(values, paths, io) {
    const form = FORMS.find((name) => name === values.as);
    if (form === undefined) throw new BadInput(`--as takes ${FORMS.join(' or ')}, not "${values.as}".`);
    const durationSeconds = wholeNumber('--seconds', values.seconds, { min: 10, max: 100_000 });
    const { format, spec, dropped, clients } = await readMeshFiles(paths);
    if (values.out !== undefined) await writeBytes(values.out, `${JSON.stringify(form === 'mesh' ? spec : exportLabScenario(spec, { name: values.out.replace(/^.*\//, '').replace(/\.json(\.gz)?$/, ''), seed: 1, durationSeconds }), null, 1)}\n`);
    await io.json({ format, routers: spec.routers.length, links: spec.links.length, gateways: spec.routers.filter((router) => router.gateway === true).length, clients, dropped });
    return EXIT.ok;
  },
});
