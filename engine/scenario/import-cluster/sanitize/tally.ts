/** What was dropped before anything was read, by what it was. */
export const DROPPED = {
  secretEntries: 'entries of Secrets',
  secretValues: 'values with secret names',
  userInfo: 'users and passwords in addresses',
  sensitive: 'values Terraform marks as sensitive',
  configEntries: 'entries of ConfigMaps and Compose configs',
  annotations: 'annotations',
  commands: 'command lines and start-up scripts',
  bookkeeping: 'parts that say how a file came about',
  longTexts: 'texts longer than 4,096 characters',
  tooDeep: 'values nested deeper than 48 levels, or into themselves',
  badKeys: 'keys that no program should write',
  overBudget: 'values after the first 30 million',
} as const;

export type DroppedKind = keyof typeof DROPPED;

export type Tally = { values: number; readonly dropped: Map<DroppedKind, number> };

export const newTally = (): Tally => ({ values: 0, dropped: new Map() });

export function drop(tally: Tally, kind: DroppedKind, count = 1): undefined {
  if (count > 0) tally.dropped.set(kind, (tally.dropped.get(kind) ?? 0) + count);
  return undefined;
}
