/**
 * A clean-up, and what it did. That a command ended with 0 says nothing: a rule may match nothing, match files that are still open, or
 * free less than it takes to get below the threshold. The effect is measured before and after, in bytes that are really free.
 */
import { allocatedBytes, deleteFile, usage, type FileEntry, type FileKind, type FileSystem } from './file-system';

/** Files below `under`, of a kind, not touched for `olderThanUs`; a dry run only looks. */
export type CleanUpRule = { readonly under: string; readonly kind?: FileKind; readonly olderThanUs: number };
export type CleanUpVerdict = 'effective' | 'not-enough' | 'held-open' | 'matched-nothing';
export type CleanUpEffect = { readonly matched: number; readonly namedBytes: number; readonly freedBytes: number; readonly heldOpenBytes: number; readonly percentBefore: number; readonly percentAfter: number; readonly holders: readonly string[]; readonly verdict: CleanUpVerdict };

export const matches = (rule: CleanUpRule, nowUs: number) => (file: FileEntry) =>
  (file.path === rule.under || file.path.startsWith(rule.under.endsWith('/') ? rule.under : `${rule.under}/`)) && (rule.kind === undefined || file.kind === rule.kind) && nowUs - file.modifiedUs >= rule.olderThanUs;

/** Deletes what the rule matches and measures it. Effective: below `goalPercent` afterwards, and not by chance: something was freed. */
export function cleanUp(fs: FileSystem, rule: CleanUpRule, nowUs: number, goalPercent: number): CleanUpEffect {
  const before = usage(fs);
  const found = [...fs.files.values()].filter(matches(rule, nowUs));
  const namedBytes = found.reduce((sum, file) => sum + allocatedBytes(fs, file.bytes), 0);
  const freedBytes = found.reduce((sum, { path }) => sum + deleteFile(fs, path), 0);
  const after = usage(fs);
  const holders = [...new Set(found.flatMap(({ openBy }) => openBy))].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
  const verdict = after.usedPercent < goalPercent && freedBytes > 0 ? 'effective' : found.length === 0 ? 'matched-nothing' : freedBytes === 0 ? 'held-open' : 'not-enough';
  return { matched: found.length, namedBytes, freedBytes, heldOpenBytes: namedBytes - freedBytes, percentBefore: before.usedPercent, percentAfter: after.usedPercent, holders, verdict };
}
