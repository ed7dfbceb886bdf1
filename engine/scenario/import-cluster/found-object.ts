/** One object on its way to a reader: what it says it is, and where it stands. */
import { isMembers } from './sanitize/sanitize';

export type FoundObject = {
  readonly kind: string;
  /** The group of `apiVersion`; '' for the core group. */
  readonly group: string;
  /** File and place, for issues. */
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** A plan or manifest says what shall be; a cluster says what is. */
  readonly planned: boolean;
};

/** Null when it is no object with a kind. */
export function foundObject(value: unknown, path: string, planned: boolean, kindOfList = ''): FoundObject | null {
  if (!isMembers(value)) return null;
  const kind = typeof value.kind === 'string' && value.kind !== '' ? value.kind : kindOfList;
  if (kind === '' || kind.length > 253) return null;
  const version = typeof value.apiVersion === 'string' ? value.apiVersion : '';
  return { kind, group: version.includes('/') ? version.slice(0, version.indexOf('/')) : '', path, value, planned };
}

/** A cluster writes a status and an identifier into what it has; a manifest has neither. */
export function comesFromCluster(value: Readonly<Record<string, unknown>>): boolean {
  const { metadata } = value;
  return isMembers(metadata) && (typeof metadata.uid === 'string' || typeof metadata.resourceVersion === 'string' || typeof metadata.creationTimestamp === 'string') && 'status' in value;
}
