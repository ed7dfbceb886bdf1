/** A laboratory record with the files beside it, or one scenario of a list (`FILE#ID`). */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { os } from '@/engine/twin';
import { BadInput } from '../cli/bad-input';
import { pathFromHere, readJson, readText } from '../cli/files';

export type ReadRecord = { readonly record: os.HostRecord; readonly document: unknown; readonly files: os.SideFiles };

const ISSUES_SHOWN = 20;

/** Throws BadInput that lists what is wrong, where, and what to do. */
export async function readHostRecord(argument: string): Promise<ReadRecord> {
  const [path, id] = splitId(argument);
  const document = id === undefined ? await readJson(path) : scenarioOf(await readJson(path), path, id);
  if (id === undefined && Array.isArray(document)) throw new BadInput(`${path} is a list of scenarios; name one of them: ${path}#${idsOf(document)[0] ?? 'ID'}. It holds ${idsOf(document).join(', ')}.`);
  const files = id === undefined ? await sideFiles(path, document) : new Map<string, string>();
  const record = os.parseHostRecord(document, files);
  if (record.ok) return { record: record.value, document, files };
  const issues = record.error.slice(0, ISSUES_SHOWN).map((issue) => `  ${issue.path || 'document'}: ${issue.message}; ${issue.suggestion}.`);
  throw new BadInput([`${argument} is not a host record or scenario that the twin can play:`, ...issues].join('\n'));
}

function splitId(argument: string): readonly [string, string | undefined] {
  const at = argument.lastIndexOf('#');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

const idOf = (value: unknown) => (typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : '');
const idsOf = (list: readonly unknown[]) => list.map(idOf).filter((id) => id !== '');

function scenarioOf(document: unknown, path: string, id: string): unknown {
  if (!Array.isArray(document)) throw new BadInput(`${path} is not a list of scenarios; leave out #${id}.`);
  const list: readonly unknown[] = document;
  const found = list.find((item) => idOf(item) === id);
  if (found === undefined) throw new BadInput(`${path} has no scenario "${id}"; it has ${idsOf(list).join(', ') || 'none with an id'}.`);
  return found;
}

/** `ID.rN.items.csv`, `ID.rN.req.csv` and `ID.rN.csv`, packed or not, in the record's folder. */
async function sideFiles(path: string, document: unknown): Promise<Map<string, string>> {
  const folder = dirname(pathFromHere(path));
  const id = idOf(document) || basename(path).replace(/\.json(\.gz)?$/, '');
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.startsWith(`${id}.r`) && /\.csv(\.gz)?$/.test(name));
  return new Map(await Promise.all(names.map(async (name) => [name.replace(/\.gz$/, ''), await readText(join(folder, name))] as const)));
}
