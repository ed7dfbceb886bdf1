/**
 * Documents that describe a cluster (of Kubernetes, Terraform or Compose, by their content) → one
 * `ClusterImport` with its fit card. Pure: bytes, JSON and YAML are parsed outside. Never throws on what
 * somebody wrote; what cannot be used is an issue and a count.
 */
import type { ClusterImport } from './cluster-import';
import { newCollected, type Collected } from './collected';
import { isCompose, readCompose } from './compose/read-compose';
import type { SourceFormat } from './fit-card/fit-card';
import { noteIssue, noteObject } from './fit-card/ledger';
import { writeCard } from './fit-card/write-card';
import { comesFromCluster, foundObject, type FoundObject } from './found-object';
import { CLUSTER_IMPORT_LIMITS } from './import-limits';
import { readObject } from './kubernetes/read-object';
import { isMembers, sanitize } from './sanitize/sanitize';
import { newTally, type Tally } from './sanitize/tally';
import { settleImport } from './settle/settle-import';
import { isTerraform } from './terraform/plan-resources';
import { readPlan } from './terraform/read-plan';

/** One file with the values found in it; `problems` are what its parser could not read. */
export type SourceFile = { readonly name: string; readonly documents: readonly unknown[]; readonly problems?: readonly { readonly where: string; readonly what: string; readonly next: string }[] };

export function importCluster(files: readonly SourceFile[], title = 'imported cluster'): ClusterImport {
  const into = newCollected();
  const tally = newTally();
  const found = files.flatMap((file) => openFile(file, into, tally));
  const running = found.filter(({ planned }) => !planned);
  for (const object of [...running, ...found.filter(({ planned }) => planned)]) readObject(object, into);
  return settleImport(into, title, (summary) => writeCard(into.ledger, tally, summary));
}

function openFile(file: SourceFile, into: Collected, tally: Tally): readonly FoundObject[] {
  const { ledger } = into;
  for (const { where, what, next } of file.problems ?? []) noteIssue(ledger, where, what, next);
  const opened = { objects: [] as FoundObject[], formats: new Set<SourceFormat>(), counted: 0 };
  file.documents.forEach((document, i) => {
    if (document === null || document === undefined) return;
    const place = file.documents.length === 1 ? file.name : `${file.name}#${i + 1}`;
    openDocument(sanitize(document, tally), place, 0, into, opened);
  });
  const formats = [...opened.formats];
  ledger.sources.push({ file: file.name, format: formats.length === 1 ? formats[0]! : (formats.find((format) => format !== 'not recognised') ?? 'not recognised'), documents: file.documents.length, objects: opened.counted });
  return opened.objects;
}

type Opened = { readonly objects: FoundObject[]; readonly formats: Set<SourceFormat>; counted: number };

const LISTS_DEEP_MAX = 4;

function openDocument(value: unknown, path: string, depth: number, into: Collected, opened: Opened): void {
  if (isTerraform(value)) {
    const { count, manifests } = readPlan(value, path, into);
    opened.formats.add('terraform');
    opened.counted += count;
    opened.objects.push(...manifests);
  } else if (isCompose(value)) {
    opened.formats.add('compose');
    opened.counted += readCompose(value, path, into);
  } else if (Array.isArray(value) && depth < LISTS_DEEP_MAX) {
    (value as readonly unknown[]).forEach((item, i) => openDocument(item, `${path}[${i}]`, depth + 1, into, opened));
  } else if (isMembers(value) && Array.isArray(value.items) && depth < LISTS_DEEP_MAX && (typeof value.kind !== 'string' || value.kind.endsWith('List'))) {
    const kind = typeof value.kind === 'string' && value.kind !== 'List' ? value.kind.slice(0, -'List'.length) : '';
    opened.formats.add('kubernetes');
    (value.items as readonly unknown[]).forEach((item, i) => openItem(item, `${path}.items[${i}]`, kind, value.apiVersion, depth, into, opened));
  } else take(value, path, '', into, opened);
}

/** The items of a typed list do not say what they are; the list does. */
function openItem(item: unknown, path: string, kind: string, apiVersion: unknown, depth: number, into: Collected, opened: Opened): void {
  if (isMembers(item) && item.kind === undefined && kind !== '') return take({ apiVersion, kind, ...item }, path, kind, into, opened);
  openDocument(item, path, depth + 1, into, opened);
}

function take(value: unknown, path: string, kindOfList: string, into: Collected, opened: Opened): void {
  const planned = !isMembers(value) || !(comesFromCluster(value) || value.kind === 'PodMetrics');
  const found = foundObject(value, path, planned, kindOfList);
  opened.counted += 1;
  if (found !== null && opened.objects.length < CLUSTER_IMPORT_LIMITS.objectsMax) {
    opened.formats.add('kubernetes');
    opened.objects.push(found);
    return;
  }
  opened.formats.add('not recognised');
  into.ledger.objectsRead += 1;
  if (found !== null) {
    noteIssue(into.ledger, path, `more than ${CLUSTER_IMPORT_LIMITS.objectsMax} objects`, 'Export fewer kinds or namespaces at once.', 'out-of-range');
    return noteObject(into.ledger, 'refused', found.kind);
  }
  noteIssue(into.ledger, path, 'neither an object of Kubernetes, nor a Terraform plan, nor a Compose file', 'Give kubectl get … -o json, rendered manifests, terraform show -json, or a Compose file.', 'wrong-type');
  noteObject(into.ledger, 'refused', 'unknown document');
}
