/**
 * What objects cost under lifecycle rules. What is written on one day is a cohort; by its age it stands in one class,
 * moves on, and is deleted. Leaving a class before its shortest time is paid as if it had stayed, whether it moves on
 * or is deleted. A month has 30 days here; the parts add up to the total exactly.
 */
import { invariant } from '@/engine/kernel';
import type { StorageClass } from './storage-classes';

const DAYS_PER_MONTH = 30;

export type LifecycleRules = {
  /** Where objects begin, and where they move to at what age; ages ascend. */
  readonly first: StorageClass;
  readonly transitions: readonly { readonly afterDays: number; readonly to: StorageClass }[];
};

export type StorageLoad = {
  readonly gibPerDay: number;
  readonly objectsPerGib: number;
  /** Age at which objects are deleted; null: never. */
  readonly deletedAfterDays: number | null;
  /** Share of an object that is read per day, by class. */
  readonly readShareOf: (name: string) => number;
};

export type StorageBill = { readonly total: number; readonly kept: number; readonly transitions: number; readonly retrievals: number; readonly earlyDeletes: number; /** At the end. */ readonly gibByClass: Readonly<Record<string, number>> };

/** Micro-dollars of the first `days` days of a bucket that begins empty. */
export function storageBill(load: StorageLoad, rules: LifecycleRules, days: number): StorageBill {
  invariant(Number.isInteger(days) && days >= 0 && days <= 36_500, 'days are whole, at most a century');
  invariant(rules.transitions.every(({ afterDays }, i) => afterDays > (rules.transitions[i - 1]?.afterDays ?? 0)), 'transitions ascend in age');
  const sums = { kept: 0, transitions: 0, retrievals: 0, earlyDeletes: 0 };
  const gibByClass: Record<string, number> = {};
  // every cohort lives the same life: what one cohort costs at an age is paid as often as a cohort reaches it
  const lastAge = Math.min(days - 1, load.deletedAfterDays ?? Infinity);
  for (let age = 0; age <= lastAge; age += 1) {
    const cohorts = days - age;
    const moved = rules.transitions.find(({ afterDays }) => afterDays === age);
    const deleted = age === load.deletedAfterDays;
    if (moved !== undefined && !deleted) sums.transitions += cohorts * load.gibPerDay * load.objectsPerGib * (moved.to.transitionMicroUsdPerThousand / 1_000);
    if (moved !== undefined || deleted) sums.earlyDeletes += cohorts * load.gibPerDay * earlyFee(rules, age);
    if (deleted) break;
    const { storage } = standing(rules, age);
    sums.kept += cohorts * load.gibPerDay * (storage.microUsdPerGibMonth / DAYS_PER_MONTH);
    sums.retrievals += cohorts * load.gibPerDay * load.readShareOf(storage.name) * storage.retrievalMicroUsdPerGib;
    gibByClass[storage.name] = (gibByClass[storage.name] ?? 0) + load.gibPerDay;
  }
  const whole = { kept: Math.round(sums.kept), transitions: Math.round(sums.transitions), retrievals: Math.round(sums.retrievals), earlyDeletes: Math.round(sums.earlyDeletes) };
  return { total: whole.kept + whole.transitions + whole.retrievals + whole.earlyDeletes, ...whole, gibByClass };
}

/** The class at an age, and since what age. */
function standing({ first, transitions }: LifecycleRules, age: number): { storage: StorageClass; since: number } {
  const move = transitions.findLast(({ afterDays }) => afterDays <= age);
  return move === undefined ? { storage: first, since: 0 } : { storage: move.to, since: move.afterDays };
}

/** Micro-dollars for a GiB that leaves, at `age`, the class in which it stood the day before. */
function earlyFee(rules: LifecycleRules, age: number): number {
  if (age === 0) return 0;
  const { storage, since } = standing(rules, age - 1);
  return (Math.max(0, storage.daysMin - (age - since)) * storage.microUsdPerGibMonth) / DAYS_PER_MONTH;
}
