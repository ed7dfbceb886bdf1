/** Anything that describes a mesh, recognised by its content. */
import { err, ok, type Result } from '@/engine/kernel';
import type { SpecIssue } from '../../spec-issue';
import { specReader } from '../../spec-reader';
import { parseLabScenario } from '../lab';
import { labMesh } from '../lab/lab-mesh';
import { readMesh } from '../read-mesh';
import { meshFromTables, readBatctlTable } from './import-batctl';
import { importMap } from './import-map';
import type { ImportedMesh } from './imported-mesh';
import { jsonBreak } from './json-break';

export type NamedText = { readonly name: string; readonly content: string };

const UNKNOWN: SpecIssue = {
  path: '',
  code: 'not-parsable',
  message: 'this is none of the known descriptions of a mesh',
  suggestion: 'give meshviewer.json, a NetJSON NetworkGraph, a list of links, a laboratory scenario, or the originator tables that batctl prints',
};

/** One document, or the originator tables of several routers (each named by its router). Issues say what could not be used. */
export function importMesh(files: readonly NamedText[]): Result<ImportedMesh, readonly SpecIssue[]> {
  const documents = files.map(({ content }) => asJson(content));
  const [first] = documents;
  if (files.length === 1 && isRecord(first)) return importDocument(first);
  const tables = files.map(({ name, content }) => readBatctlTable(routerOf(name), content));
  if (!tables.some(({ rows }) => rows.length > 0)) {
    const broken = files.flatMap(({ name, content }, i) => (documents[i] === null && beginsAsJson(content) ? [brokenJson(name, content)] : []));
    return err(broken.length > 0 ? broken : [UNKNOWN]);
  }
  return usable(meshFromTables(tables));
}

/** Tables of batctl begin with a bracket too, but with words behind it. */
const beginsAsJson = (content: string) => /^\s*(?:\{|\[\s*(?:[[{"\d]|$))/.test(content);

function brokenJson(name: string, content: string): SpecIssue {
  const { line, column, atEnd } = jsonBreak(content);
  return {
    path: name,
    code: 'not-parsable',
    message: `this JSON ${atEnd ? 'breaks off' : 'is damaged'} at line ${line}, column ${column}`,
    suggestion: atEnd ? 'the file was cut off: fetch or save it again, whole' : 'look at that place, or fetch the file again',
  };
}

function importDocument(document: Readonly<Record<string, unknown>>): Result<ImportedMesh, readonly SpecIssue[]> {
  if (Array.isArray(document.routers)) {
    const at = specReader(document);
    const spec = readMesh(at);
    return at.issues.length === 0 ? ok({ format: 'mesh', spec, dropped: [], issues: [], clients: 0 }) : err(at.issues);
  }
  if (!Array.isArray(document.links)) return err([UNKNOWN]);
  if (document.links.some((link) => isRecord(link) && 'a' in link && 'b' in link)) {
    const scenario = parseLabScenario(document);
    return scenario.ok ? ok({ format: 'laboratory', spec: labMesh(scenario.value), dropped: [], issues: [], clients: 0 }) : scenario;
  }
  return usable(importMap(document));
}

/** `tables/roof-1.tg.json` belongs to roof-1: the folder, the ending and the name of a table are left out. */
const routerOf = (file: string) => file.replace(/^.*\//, '').replace(/\.(json|txt|text|log|out)$/, '').replace(/\.(o|n|gwl|tl|tg|oj|nj|gwj|tlj|tgj|(originators|neighbors|gateways|transtable_local|transtable_global)(_json)?)$/, '');

const usable = (imported: ImportedMesh): Result<ImportedMesh, readonly SpecIssue[]> => (imported.issues.length === 0 ? ok(imported) : err(imported.issues));
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function asJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
