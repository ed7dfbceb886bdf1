/**
 * Text of a file → the plain values in it, for the cluster import. What begins like JSON is read as JSON (one,
 * several or one per line), the rest as YAML with any number of documents. A message never quotes the text:
 * it may hold secrets. Aliases, size and the depth of YAML are limited.
 */
import { parseAllDocuments, type Document } from 'yaml';
import { CLUSTER_IMPORT_LIMITS, jsonValues, type SourceFile } from '@/engine/scenario';

const ALIASES_MAX = 200;
/** The composer calls itself once per level. */
const DEPTH_MAX = 500;

type Problem = NonNullable<SourceFile['problems']>[number];

export function readDocuments(name: string, text: string): SourceFile {
  const trimmed = text.replace(/^\uFEFF/, '');
  const isJson = /^\s*[[{]/.test(trimmed);
  const limit = isJson ? CLUSTER_IMPORT_LIMITS.jsonTextMax : CLUSTER_IMPORT_LIMITS.yamlTextMax;
  if (trimmed.length > limit) return refused(name, `${Math.round(trimmed.length / 1e6)} million characters are over the limit of ${limit / 1e6} million for ${isJson ? 'JSON' : 'YAML'}`, isJson ? 'Export fewer namespaces at once.' : 'Export with -o json, which is read much faster, or fewer kinds at once.');
  if (!isJson) return readYaml(name, trimmed);
  const { values, damaged } = jsonValues(trimmed);
  // flow mappings of YAML begin like JSON too
  if (values.length === 0 && trimmed.length <= CLUSTER_IMPORT_LIMITS.yamlTextMax) {
    const yaml = readYaml(name, trimmed);
    if ((yaml.problems ?? []).length === 0) return yaml;
  }
  return { name, documents: values, problems: damaged.map(({ line, what }) => problem(`${name}:${line}`, what, 'Check that the whole file was copied; the other values of the file are read.')) };
}

const problem = (where: string, what: string, next: string): Problem => ({ where, what, next });
const refused = (name: string, what: string, next: string): SourceFile => ({ name, documents: [], problems: [problem(name, what, next)] });

function readYaml(name: string, text: string): SourceFile {
  if (deepest(text) > DEPTH_MAX) return refused(name, `nested deeper than ${DEPTH_MAX} levels`, 'No manifest is that deep: check the file.');
  const documents: unknown[] = [];
  const problems: Problem[] = [];
  try {
    for (const document of parseAllDocuments(text, { merge: true, prettyErrors: false, logLevel: 'silent', uniqueKeys: false })) take(document, name, text, documents, problems);
  } catch {
    problems.push(problem(name, 'YAML that cannot be taken apart', 'Check it with a YAML linter, or give it as JSON.'));
  }
  return { name, documents, problems };
}

function take(document: Document, name: string, text: string, documents: unknown[], problems: Problem[]): void {
  const [error] = document.errors;
  const where = error === undefined ? name : `${name}:${lineAt(text, error.pos[0])}`;
  if (error !== undefined) return void problems.push(problem(where, `YAML is damaged here (${error.code.toLowerCase().replaceAll('_', ' ')})`, /\{\{/.test(text) ? 'This looks like a template: give the output of helm template.' : 'Mend the YAML there; the other documents of the file are read.'));
  try {
    documents.push(document.toJS({ maxAliasCount: ALIASES_MAX }) as unknown);
  } catch (error) {
    const dangling = error instanceof Error && error.message.startsWith('Unresolved alias');
    problems.push(dangling ? problem(name, 'an alias whose anchor is not in the same document', 'Write the part out there.') : problem(where, `more than ${ALIASES_MAX} uses of anchors inside of each other`, 'Write the parts out, or render them first (docker compose config).'));
  }
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** An upper bound of how deep the nesting can go: brackets open at once, dashes at the start of a line, indentation. */
function deepest(text: string): number {
  let [open, most] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) most = Math.max(most, (open += 1));
    else if ((code === 93 || code === 125) && open > 0) open -= 1;
  }
  return Math.max(most, deepestOfLines(text));
}

const DASHES = /^[ ]*((?:[-?] )+)/gm;

function deepestOfLines(text: string): number {
  let most = 0;
  for (const match of text.matchAll(DASHES)) most = Math.max(most, match[1]!.length / 2);
  return most;
}
