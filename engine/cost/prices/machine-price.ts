/**
 * The price of a machine by its type: listed, or the sum of its cores and memory at the rates of its series (that is how
 * Google prices every general-purpose type, custom ones too).
 */
import { err, ok, type Result } from '@/engine/kernel';
import { GCP_GIB_OF_TYPE, GCP_GIB_PER_CORE } from './gcp-rates';
import { priceOn, type PriceBook, type PriceEntry, type PriceRefusal } from './price-book';

export type Purchase = 'on-demand' | 'spot' | '1y' | '3y';
export type MachinePrice = { readonly microUsdPerHour: number; readonly from: string; readonly source: string };
export type MachineQuery = { readonly on: string; readonly region?: string; readonly purchase?: Purchase };

export function machinePrice(book: PriceBook, type: string, { on, region, purchase = 'on-demand' }: MachineQuery): Result<MachinePrice, PriceRefusal> {
  const suffix = purchase === 'on-demand' ? '' : `:${purchase}`;
  const listed = priceOn(book, `${type}${suffix}`, on, region);
  if (listed.ok && listed.value.unit === 'node-hour') return ok(priceOf(listed.value, listed.value.microUsd));
  const shape = gcpShape(type);
  if (shape === null) return listed.ok ? err({ code: 'no-price', item: type, on, firstFrom: null }) : listed;
  const core = priceOn(book, `${shape.series}-core${suffix}`, on, region);
  const memory = priceOn(book, `${shape.series}-memory${suffix}`, on, region);
  if (!core.ok) return core;
  if (!memory.ok) return memory;
  return ok(priceOf(core.value, shape.cores * core.value.microUsd + shape.gib * memory.value.microUsd));
}

const priceOf = ({ from, source }: PriceEntry, microUsdPerHour: number): MachinePrice => ({ microUsdPerHour, from, source });

export type MachineShape = { readonly series: string; readonly cores: number; readonly gib: number };

/** Cores and memory of `series-class-cores` and `series-custom-cores-MiB`; null for what is no such name. */
export function gcpShape(type: string): MachineShape | null {
  const custom = /^([a-z]\d[a-z]{0,2})-custom-(\d{1,4})-(\d{1,8})$/.exec(type);
  if (custom !== null) return { series: custom[1]!, cores: Number(custom[2]), gib: Number(custom[3]) / 1_024 };
  const named = /^([a-z]\d[a-z]{0,2})-([a-z]+)-(\d{1,4})$/.exec(type);
  if (named === null) return null;
  const [, series, kind, digits] = named as unknown as [string, string, string, string];
  const gib = figure(GCP_GIB_OF_TYPE, type);
  const perCore = figure(GCP_GIB_PER_CORE, `${series}-${kind}`);
  if (gib === null && perCore === null) return null;
  return { series, cores: Number(digits), gib: gib ?? Math.round(perCore! * Number(digits) * 100) / 100 };
}

function figure(table: string, name: string): number | null {
  const pair = table.split(/\s+/).find((each) => each.startsWith(`${name}=`));
  return pair === undefined ? null : Number(pair.slice(name.length + 1));
}

/** Family of a machine type: `m7i` of m7i.large, `n2` of n2-standard-4. */
export const familyOfType = (type: string) => type.split(/[.-]/, 1)[0] ?? '';

/** Size of an EC2 type in normalised units, in which reservations of a region count: large 4, xlarge 8, 2xlarge 16 …; null where it has none. */
export function normalisedUnits(type: string): number | null {
  const size = type.split('.')[1];
  const fixed: Readonly<Record<string, number>> = { nano: 0.25, micro: 0.5, small: 1, medium: 2, large: 4, xlarge: 8 };
  if (size === undefined) return null;
  if (Object.hasOwn(fixed, size)) return fixed[size]!;
  const times = /^(\d{1,3})xlarge$/.exec(size);
  return times === null ? null : 8 * Number(times[1]);
}
