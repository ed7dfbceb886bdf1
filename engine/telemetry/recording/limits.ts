/** The largest input that is taken in. A refusal names its limit, what was found and what to do instead. */
import type { ImportIssue } from './import-issue';

export const IMPORT_LIMITS = {
  /** Of one file, after unpacking. */
  bytesMax: 268_435_456,
  rowsMax: 20_000_000,
  seriesMax: 200_000,
  /** Of one line of text or one field. */
  lineCharactersMax: 65_536,
} as const;

export type ImportLimit = keyof typeof IMPORT_LIMITS;

const NEXT_STEP: Readonly<Record<ImportLimit, string>> = {
  bytesMax: 'Cut the time range in two, keep fewer signals, or record it as telemetry.parquet, which is many times smaller.',
  rowsMax: 'Cut the time range, sample less often, or keep only the signals of the catalogue.',
  seriesMax: 'Drop labels with many values (request ids, pod hashes) or sum over them before the export.',
  lineCharactersMax: 'Check that lines end in a newline; a line this long is not a sample.',
};

export function tooLarge(where: string, limit: ImportLimit, found: number): ImportIssue {
  const what = `${found} is over the limit of ${IMPORT_LIMITS[limit]} (${limit})`;
  return { where, code: 'too-large', what, next: NEXT_STEP[limit] };
}
