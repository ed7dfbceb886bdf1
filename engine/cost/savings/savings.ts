/**
 * What a change saves and when it has paid for itself. Only nodes that really go save anything: a node that
 * stays is paid in full however empty it is, and a saving never exceeds the spend it is taken from.
 */
import type { MicroUsd } from '@/engine/kernel';

export const HOURS_PER_MONTH = 730;

export type PricedNode = { readonly node: string; readonly microUsdPerHour: number };

export type Savings = {
  readonly spendPerHour: MicroUsd;
  readonly spendAfterPerHour: MicroUsd;
  /** Negative when the change costs more. Never above `spendPerHour`. */
  readonly savedPerHour: MicroUsd;
  readonly savedPerMonth: MicroUsd;
  readonly removed: readonly string[];
  readonly added: readonly string[];
};

/** Nodes are told apart by name; one that is in both lists is charged at its new price. */
export function savingsOf(before: readonly PricedNode[], after: readonly PricedNode[]): Savings {
  const spend = (nodes: readonly PricedNode[]) => Math.round(nodes.reduce((sum, node) => sum + node.microUsdPerHour, 0));
  const missingFrom = (nodes: readonly PricedNode[], others: readonly PricedNode[]) => {
    const names = new Set(others.map((other) => other.node));
    return nodes.filter(({ node }) => !names.has(node)).map(({ node }) => node);
  };
  const [now, then] = [spend(before), spend(after)];
  return {
    spendPerHour: now as MicroUsd,
    spendAfterPerHour: then as MicroUsd,
    savedPerHour: (now - then) as MicroUsd,
    savedPerMonth: ((now - then) * HOURS_PER_MONTH) as MicroUsd,
    removed: missingFrom(before, after),
    added: missingFrom(after, before),
  };
}

export type Investment = {
  /** Saved per hour from `startsAfterHours` on; negative when it costs more. */
  readonly savedPerHour: number;
  /** Paid once, at the start: work, migration, double running. */
  readonly oneOff: number;
  readonly horizonHours: number;
  readonly startsAfterHours?: number;
  /** Price put on the risk the change adds, per hour. */
  readonly riskPerHour?: number;
};

export type Return = {
  readonly net: MicroUsd;
  /** Net / one-off; null when nothing was paid once. */
  readonly roi: number | null;
  /** Hours until the one-off is earned back; null when that never happens. */
  readonly paybackHours: number | null;
  readonly paysBackWithinHorizon: boolean;
};

/** All amounts in micro-dollars. */
export function returnOn({ savedPerHour, oneOff, horizonHours, startsAfterHours = 0, riskPerHour = 0 }: Investment): Return {
  const perHour = savedPerHour - riskPerHour;
  const net = Math.round(perHour * Math.max(0, horizonHours - startsAfterHours) - oneOff);
  const paybackHours = oneOff <= 0 ? 0 : perHour > 0 ? startsAfterHours + oneOff / perHour : null;
  return { net: net as MicroUsd, roi: oneOff > 0 ? net / oneOff : null, paybackHours, paysBackWithinHorizon: paybackHours !== null && paybackHours <= horizonHours };
}
