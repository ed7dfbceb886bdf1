/** `import cluster`: exports of a cluster, manifests, Terraform plans and Compose files, as a scenario of the twin with its fit card. */
import { stringify } from 'yaml';
import { explainImported, importCluster, twinOfImport, type ClusterImport } from '@/engine/scenario';
import { fitCardText } from '@/workers/import-cluster/fit-card-text';
import { explanationText } from '@/workers/import-cluster/explanation-text';
import { titleOf } from '@/workers/import-cluster/import-cluster-files';
import { readDocuments } from '@/workers/import-cluster/read-documents';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { readText, writeBytes } from '../files';
import type { Io } from '../io';

export const command = defineCommand({
  about: 'Reads kubectl get … -o json (Lists, arrays, NDJSON), manifests and rendered Helm or Kustomize output, terraform show -json, and Compose\nfiles, all together if you like. Prints the fit card: what was understood, what the twin does not model, what was assumed, what was\ndropped (data of Secrets is never kept). --out writes a scenario that `simulate` runs.',
  positionals: { names: 'FILE…', min: 1, max: 2_000 },
  options: {
    out: { type: 'string', value: 'FILE', help: 'Writes the scenario as YAML, or as JSON when the name ends so.' },
    json: { type: 'boolean', help: 'The fit card as one JSON object.' },
    explain: { type: 'string', value: 'POD', help: 'Why this pod (NAMESPACE/NAME) is where it is, and what would move it.' },
  },
  examples: ['import cluster cluster.json --out cluster.yaml', 'import cluster rendered.yaml plan.json --json', 'import cluster cluster.json --explain shop/web-7d9c5-x2x4q'],
  async run(values, paths, io) {
    const files = [];
    for (const path of paths) files.push(readDocuments(path, await readText(path)));
    const cluster = importCluster(files, titleOf(paths[0]!));
    if (values.explain !== undefined) return explain(cluster, values.explain, values.json === true, io);
    const { scenario, refusals, card } = twinOfImport(cluster);
    if (values.out !== undefined && scenario !== null) await writeBytes(values.out, asText(values.out, scenario));
    if (values.json === true) await io.json({ ...card, refusals, scenario: scenario?.id ?? null });
    else await io.text(fitCardText(card, refusals));
    if (card.objects.understood === 0) throw new BadInput(`Nothing of a cluster was found in ${paths.join(', ')}.`);
    if (values.out !== undefined && scenario === null) throw new BadInput(`${values.out} was not written: ${refusals[0]?.message ?? 'there is nothing to run'}. ${refusals[0]?.suggestion ?? ''}`);
    return EXIT.ok;
  },
});

/** Plain values only: absent members do not become nulls. */
const asText = (name: string, scenario: object) => (/\.json(\.gz)?$/.test(name) ? `${JSON.stringify(scenario, null, 1)}\n` : stringify(JSON.parse(JSON.stringify(scenario)), { lineWidth: 110, aliasDuplicateObjects: false }));

async function explain(cluster: ClusterImport, pod: string, asJson: boolean, io: Io) {
  const explained = explainImported(cluster, pod);
  if (explained === null) throw new BadInput(`There is no pod "${pod}" in these files.`);
  if (asJson) await io.json(explained);
  else await io.text(explanationText(explained));
  return EXIT.ok;
}
