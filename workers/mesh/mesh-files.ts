/** Files that describe a mesh, named on a command line: one document, or the batctl tables of several routers. */
import { importMesh, type ImportedMesh } from '@/engine/twin';
import { BadInput } from '../cli/bad-input';
import { readText } from '../cli/files';

export async function readMeshFiles(paths: readonly string[]): Promise<ImportedMesh> {
  const files = await Promise.all(paths.map(async (name) => ({ name, content: await readText(name) })));
  const imported = importMesh(files);
  if (!imported.ok) throw new BadInput(imported.error.slice(0, 10).map((issue) => `${issue.path === '' ? paths.join(', ') : issue.path}: ${issue.message}; ${issue.suggestion}.`).join('\n'));
  return imported.value;
}
