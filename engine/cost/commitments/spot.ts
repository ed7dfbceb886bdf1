/**
 * Whether spot machines are worth it: their price, and the work that an interruption throws away. Interruptions strike a
 * pool at once (a zone runs out of a type), so the share of capacity that may be missing together is said too.
 */
export type SpotOffer = { readonly onDemandMicroUsdPerHour: number; readonly spotMicroUsdPerHour: number; /** Chance that a machine is taken within an hour. */ readonly interruptionsPerHour: number; /** Hours of work lost and done again for each. */ readonly reworkHours: number };

export type SpotWorth = { readonly expectedMicroUsdPerHour: number; readonly savedMicroUsdPerHour: number; /** Interruptions an hour at which it saves nothing any more; null where lost work costs nothing. */ readonly breakEvenInterruptions: number | null };

export function spotWorth({ onDemandMicroUsdPerHour, spotMicroUsdPerHour, interruptionsPerHour, reworkHours }: SpotOffer): SpotWorth {
  const expected = spotMicroUsdPerHour * (1 + interruptionsPerHour * reworkHours);
  return {
    expectedMicroUsdPerHour: expected,
    savedMicroUsdPerHour: onDemandMicroUsdPerHour - expected,
    breakEvenInterruptions: reworkHours === 0 || spotMicroUsdPerHour === 0 ? null : Math.max(0, (onDemandMicroUsdPerHour / spotMicroUsdPerHour - 1) / reworkHours),
  };
}

/** The largest share of nodes that one interruption of a pool (zone and machine type) takes at once. */
export function largestPoolShare(nodes: readonly { readonly zone: string; readonly instanceType: string; readonly spot: boolean }[]): number {
  const pools = new Map<string, number>();
  for (const { zone, instanceType, spot } of nodes) if (spot) pools.set(JSON.stringify([zone, instanceType]), (pools.get(JSON.stringify([zone, instanceType])) ?? 0) + 1);
  return nodes.length === 0 ? 0 : Math.max(0, ...pools.values()) / nodes.length;
}
