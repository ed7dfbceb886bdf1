/** A bucket that is written to every day, under lifecycle rules of one's own beside none: what it costs in the first years. */
import { storageBill, STORAGE_CLASSES, type LifecycleRules, type StorageBill, type StorageClass } from '@/engine/cost';

export const STORAGE_PROVIDERS = ['s3', 'gcs'] as const;
export type StorageProvider = (typeof STORAGE_PROVIDERS)[number];

export type StorageQuestion = {
  readonly provider: StorageProvider;
  readonly gibPerDay: number;
  readonly objectsPerGib: number;
  /** Null: never. */
  readonly deletedAfterDays: number | null;
  /** Share of what lies there that is read in a day, 0..1. */
  readonly readShare: number;
  /** Age at which objects move to each colder class, by its name; null: they do not. */
  readonly moves: Readonly<Record<string, number | null>>;
  readonly years: number;
};

export type StorageRow = { readonly name: string; readonly usd: number; readonly savedUsd: number; readonly gib: number; /** $ by what it is paid for; together `usd`. */ readonly parts: Readonly<Record<'kept' | 'transitions' | 'retrievals' | 'earlyDeletes', number>> };

const DAYS_PER_YEAR = 365;

/** Warmest first. */
export const classesOf = (provider: StorageProvider): readonly StorageClass[] => STORAGE_CLASSES.filter(({ name }) => name.startsWith(`${provider}-`));

/** Without rules first. Moves that would come after a colder class at the same age or earlier are left out: objects only get colder. */
export function storageRows({ provider, gibPerDay, objectsPerGib, deletedAfterDays, readShare, moves, years }: StorageQuestion): readonly StorageRow[] {
  const [first, ...colder] = classesOf(provider);
  const load = { gibPerDay, objectsPerGib, deletedAfterDays, readShareOf: () => readShare };
  const days = Math.round(years * DAYS_PER_YEAR);
  const rules: LifecycleRules = { first: first!, transitions: transitionsOf(colder, moves) };
  const without = storageBill(load, { first: first!, transitions: [] }, days);
  const row = (name: string, bill: StorageBill): StorageRow => ({
    name,
    usd: bill.total / 1e6,
    savedUsd: (without.total - bill.total) / 1e6,
    gib: Object.values(bill.gibByClass).reduce((sum, gib) => sum + gib, 0),
    parts: { kept: bill.kept / 1e6, transitions: bill.transitions / 1e6, retrievals: bill.retrievals / 1e6, earlyDeletes: bill.earlyDeletes / 1e6 },
  });
  return [row('all in the first class', without), row('with these moves', storageBill(load, rules, days))];
}

function transitionsOf(colder: readonly StorageClass[], moves: StorageQuestion['moves']): LifecycleRules['transitions'] {
  const kept: { afterDays: number; to: StorageClass }[] = [];
  for (const to of colder) {
    const afterDays = moves[to.name] ?? null;
    if (afterDays !== null && afterDays > (kept.at(-1)?.afterDays ?? 0)) kept.push({ afterDays, to });
  }
  return kept;
}
