/** Files that somebody dropped, as a mesh, by their content; read in this browser and sent nowhere. */
import { err, type Result } from '@/engine/kernel';
import { importMesh, type ImportedMesh, type SpecIssue } from '@/engine/twin';

const BYTES_MAX = 30e6;

export async function readMeshFiles(files: readonly File[]): Promise<Result<ImportedMesh, readonly SpecIssue[]>> {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (bytes > BYTES_MAX) return err([{ path: files[0]?.name ?? '', code: 'out-of-range', message: `${Math.round(bytes / 1e6)} MB are over the limit of ${BYTES_MAX / 1e6} MB here.`, suggestion: 'Use the command line: npm run orrery -- import mesh FILE.' }]);
  return importMesh(await Promise.all(files.map(async (file) => ({ name: file.name, content: await file.text() }))));
}

/** One sentence: what it is, how large, what was left out. */
export function meshSentence({ format, spec, clients, dropped }: ImportedMesh): string {
  const gateways = spec.routers.filter((router) => router.gateway === true).length;
  const left = dropped.length === 0 ? '' : ` Left out: ${dropped.map(({ what, count }) => `${count} ${what}`).join(', ')}.`;
  return `A mesh (${format}): ${spec.routers.length} routers, ${spec.links.length} links, ${gateways} gateways${clients > 0 ? `, ${clients} clients` : ''}.${left}`;
}
