/** Reads fact files; a folder stands for the .json files below it. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BadInput } from '@/workers/cli/bad-input';
import { pathFromHere, readJson } from '@/workers/cli/files';
import type { Fact, FactFile } from './fact';

const MAX_FILES = 10_000;
const fact = z.looseObject({ id: z.string(), op: z.string() });
const file = z.looseObject({ schema: z.string().regex(/^[a-z-]+\/1$/, 'must be "<area>/1"'), group: z.string().default(''), cases: z.array(fact) });

const byName = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);

export async function readFactFiles(paths: readonly string[]): Promise<readonly FactFile[]> {
  const files = (await Promise.all(paths.map(jsonFilesBelow))).flat();
  if (files.length === 0) throw new BadInput(`There are no .json files in ${paths.join(', ')}.`);
  if (files.length > MAX_FILES) throw new BadInput(`${files.length} files are more than ${MAX_FILES}; name a smaller folder.`);
  return Promise.all(files.map(readFactFile));
}

async function jsonFilesBelow(path: string): Promise<readonly string[]> {
  const found = await stat(pathFromHere(path)).catch(() => null);
  if (found === null) throw new BadInput(`${path} does not exist.`);
  if (!found.isDirectory()) return [path];
  const names = await readdir(pathFromHere(path), { withFileTypes: true });
  const below = await Promise.all(names.filter((name) => name.isDirectory()).map((name) => jsonFilesBelow(join(path, name.name))));
  const here = names.filter((name) => name.isFile() && /\.json(\.gz)?$/.test(name.name)).map((name) => join(path, name.name));
  return [...here, ...below.flat()].sort(byName);
}

async function readFactFile(path: string): Promise<FactFile> {
  const parsed = file.safeParse(await readJson(path));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new BadInput(`${path} is not a fact file: ${issue.path.join('.')} ${issue.message}.`);
  }
  const facts: readonly Fact[] = parsed.data.cases;
  return { path, area: parsed.data.schema.split('/')[0]!, group: parsed.data.group, facts };
}
