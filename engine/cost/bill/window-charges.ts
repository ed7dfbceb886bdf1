/** What a window costs beside its nodes: volumes, balancers, traffic, fees, each at the system's own price or the book's. */
import type { BilledVolumeSpec, SystemSpec } from '@/engine/twin';
import type { Charge } from '../allocation/allocate-costs';
import { tiersOn, type PriceBook } from '../prices/price-book';
import { tieredMicroUsd } from '../prices/tiered-amount';
import { HOURS_PER_MONTH } from '../savings/savings';
import type { PodIdentity } from '../allocation/owner-key';
import type { UsageWindow } from './usage-window';

const KIB_PER_GIB = 1_048_576;

export type ChargeContext = { readonly system: SystemSpec; readonly book: PriceBook; readonly on: string; readonly region: string | undefined; /** GiB moved so far, by way: prices fall with the amount of the month. */ readonly moved: Map<string, number>; readonly unlisted: Set<string> };
type Pod = { readonly identity: PodIdentity; readonly service: string; readonly hours: number };

/** `pods`: those of the window, with the hours they ran. */
export function windowCharges(window: UsageWindow, pods: readonly Pod[], context: ChargeContext): readonly Charge[] {
  const { volumes = [], loadBalancers = [], transfers = [] } = context.system.prices ?? {};
  const serving = (services: readonly string[] = []) => pods.filter((pod) => services.includes(pod.service)).map(({ identity, hours }) => ({ identity, weight: hours }));
  return [
    ...volumes.map((volume): Charge => ({ kind: 'volume', name: volume.name, amount: Math.round(volume.gib * gibHour(volume, context) * window.hours), to: serving(volume.services) })),
    ...loadBalancers.map(({ name, usdPerHour, services }): Charge => ({ kind: 'balancer', name, amount: Math.round((usdPerHour === undefined ? rate('load-balancer', context) : usdPerHour * 1e6) * window.hours), to: serving(services) })),
    ...transfers.map(({ service, kibPerRequest, to }): Charge => {
      const gib = ((window.served.get(service) ?? 0) * kibPerRequest) / KIB_PER_GIB;
      const before = context.moved.get(to) ?? 0;
      context.moved.set(to, before + gib);
      return { kind: 'network', name: `${service} to the ${to}`, amount: Math.round(tieredMicroUsd(gib, tiers(`egress-${to}`, context), before)), to: serving([service]) };
    }),
  ];
}

export const windowFees = ({ prices }: SystemSpec, hours: number): readonly { readonly name: string; readonly amount: number }[] => (prices?.fees ?? []).map(({ name, usdPerHour }) => ({ name, amount: Math.round(usdPerHour * 1e6 * hours) }));

/** Micro-dollars of a GiB for an hour. */
function gibHour({ storageClass = 'disk', usdPerGibMonth }: BilledVolumeSpec, context: ChargeContext): number {
  if (usdPerGibMonth !== undefined) return (usdPerGibMonth * 1e6) / HOURS_PER_MONTH;
  const [entry] = tiers(storageClass, context);
  return entry === undefined ? 0 : entry.unit === 'gib-month' ? entry.microUsd / HOURS_PER_MONTH : entry.microUsd;
}

const rate = (item: string, context: ChargeContext) => tiers(item, context)[0]?.microUsd ?? 0;

function tiers(item: string, { book, on, region, unlisted }: ChargeContext) {
  const found = tiersOn(book, item, on, region);
  if (found.length === 0) unlisted.add(item);
  return found;
}
