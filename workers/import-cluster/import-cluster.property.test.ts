import { describe, expect, test } from 'vitest';
import { randomStream } from '@/engine/kernel';
import { clusterPictureOf, importCluster, parseScenario, runScenario, twinOfImport, type ClusterImport, type SourceFile } from '@/engine/scenario';
import { readDocuments } from './read-documents';
import { fixtureText, leaked } from './testing/fixture-files';
import { damageStructure, damageText, pick, type Json } from './testing/mutate';

type Item = { kind: string; metadata: { name: string } };
const json = (text: string) => JSON.parse(text) as Json;

/** The export in handfuls that still hang together: all of it at once would take ten times as long and find no more. */
function handfuls(): Json[] {
  const { items } = json(fixtureText('shop-eks.json')) as unknown as { items: Item[] };
  const [first, ...nodes] = items.filter(({ kind }) => kind === 'Node');
  const of = (...names: string[]) => [first!, ...names.flatMap((name) => items.filter(({ kind, metadata }) => kind !== 'Node' && metadata.name.startsWith(name)).slice(0, 4))];
  const parts = [of('web', 'shop'), of('web-', 'cart'), [nodes[1]!, ...of('postgres', 'data-postgres', 'pvc')], of('kube-proxy', 'nightly'), items.filter((_, i) => i % 13 === 0)];
  return parts.map((part) => ({ apiVersion: 'v1', kind: 'List', items: part }) as unknown as Json);
}

/** The documents of a YAML text in two halves. */
function halves(text: string): string[] {
  const parts = text.split(/^---$/m);
  return [parts.slice(0, 8), parts.slice(8)].map((half) => half.join('---\n'));
}

const documents = (): Json[] => [...handfuls(), ...(readDocuments('c', fixtureText('booking-chart.yaml')).documents as Json[]), readDocuments('c', fixtureText('ticket-compose.yaml')).documents[0] as Json, json(fixtureText('fleet-plan.json')), json(fixtureText('shop-eks-metrics.json'))];

/** What is wrong with an import, in words; empty when its books balance, nothing leaked, and its twin is valid. */
function faultsOf(files: readonly SourceFile[]): { readonly faults: readonly string[]; readonly cluster: ClusterImport } {
  const cluster = importCluster(files, 'mutated');
  const twin = twinOfImport(cluster);
  const { read, ...fates } = twin.card.objects;
  const faults: string[] = [];
  const sum = Object.values(fates).reduce((total, count) => total + count, 0);
  if (sum !== read) faults.push(`${read} objects read, ${sum} accounted for`);
  if (twin.card.sources.reduce((total, { objects }) => total + objects, 0) !== read) faults.push('files and objects disagree');
  const { read: fields, modelled, withoutEffect, notModelled } = twin.card.fields;
  if (fields !== modelled + withoutEffect + notModelled) faults.push('fields do not add up');
  if (fates.refused + (cluster.card.issues.length === 0 ? 0 : 1) > 0 && fates.refused > cluster.card.issues.length + cluster.card.furtherIssues) faults.push('refused without an issue');
  const output = [cluster, [...cluster.volumes], twin];
  const leak = leaked(output);
  if (leak !== null) faults.push(`leaked: ${leak}`);
  if (twin.scenario === null && twin.refusals.length === 0) faults.push('not run, and nobody says why');
  if (twin.scenario !== null && !parseScenario(JSON.parse(JSON.stringify(twin.scenario))).ok) faults.push('its own scenario is refused');
  return { faults, cluster };
}

const TEXT_MAX = 4_096; // longer texts are dropped, a kind too

/** Objects by what a document is, counted without the import. */
function objectsIn(value: unknown, depth = 0): number {
  if (Array.isArray(value) && depth < 4) return value.reduce((sum: number, item: unknown) => sum + objectsIn(item, depth + 1), 0);
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  if (Array.isArray(members.items) && depth < 4 && (typeof members.kind !== 'string' || members.kind.endsWith('List') || members.kind.length > TEXT_MAX)) return members.items.reduce((sum: number, item: unknown) => sum + objectsIn(item, depth + 1), 0);
  return 1;
}

const isKubernetes = (value: Json) => !(typeof value === 'object' && value !== null && !Array.isArray(value) && ('services' in value || 'format_version' in value || 'terraform_version' in value));

describe('10 000 damaged inputs', () => {
  test('8 500 with damaged structure: the books balance, no object is lost, no secret comes out, what runs is valid', () => {
    const random = randomStream(20_261_121, 'structure');
    const base = documents();
    const wrong: string[] = [];
    let run = 0;
    for (let i = 0; i < 8_500; i += 1) {
      const document = damageStructure(pick(random, base), random, (value) => typeof value !== 'string' || leaked(value) === null);
      const { faults, cluster } = faultsOf([{ name: 'f', documents: [document] }]);
      if (faults.length > 0) wrong.push(`${i}: ${faults.join('; ')}`);
      if (document !== null && isKubernetes(document) && !JSON.stringify(document).includes('"services":{') && !JSON.stringify(document).includes('"format_version"')) {
        const expected = objectsIn(document);
        if (cluster.card.objects.read !== expected) wrong.push(`${i}: ${expected} objects given, ${cluster.card.objects.read} read`);
      }
      if (i % 100 === 0) {
        const { scenario } = twinOfImport(cluster);
        clusterPictureOf(cluster);
        if (scenario !== null) run += runScenario({ ...scenario, durationSeconds: 2, warmUpSeconds: 0 }).events > 0 ? 1 : 0;
      }
    }
    expect(wrong).toEqual([]);
    expect(run).toBeGreaterThan(10);
  });

  test('1 500 with damaged text: what cannot be read is told, and no message quotes it', () => {
    const random = randomStream(20_261_121, 'text');
    const texts = [...handfuls().slice(0, 2).map((part) => JSON.stringify(part, null, 1)), ...halves(fixtureText('booking-chart.yaml')), fixtureText('ticket-compose.yaml'), JSON.stringify(json(fixtureText('fleet-plan.json')))];
    const wrong: string[] = [];
    let unreadable = 0;
    for (let i = 0; i < 1_500; i += 1) {
      const file = readDocuments('damaged', damageText(pick(random, texts), random));
      const problems = file.problems ?? [];
      if (problems.length > 0) unreadable += 1;
      if (file.documents.length === 0 && problems.length === 0) wrong.push(`${i}: neither a document nor a problem`);
      const { faults, cluster } = faultsOf([file]);
      if (problems.length > 0 && cluster.card.issues.length === 0) wrong.push(`${i}: its problems are not on the card`);
      if (faults.length > 0) wrong.push(`${i}: ${faults.join('; ')}`);
    }
    expect(wrong).toEqual([]);
    expect(unreadable).toBeGreaterThan(250);
  });
});
