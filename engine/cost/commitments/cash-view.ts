/**
 * The same promise in two books: amortised, every hour carries its part of what is paid up front; in cash, the upfront
 * part leaves on the first day and the rest by the hour. Over the whole term both are the same amount.
 */
import { invariant } from '@/engine/kernel';

const HOURS_PER_YEAR = 8_760;

export type Payment = { readonly amortisedMicroUsdPerHour: number; readonly upfrontUsd?: number; readonly termYears?: 1 | 3 };

export const termHours = ({ termYears = 1 }: Pick<Payment, 'termYears'>) => termYears * HOURS_PER_YEAR;

/** Paid by the hour beside the upfront part. */
export const recurringMicroUsdPerHour = ({ amortisedMicroUsdPerHour, upfrontUsd = 0, termYears }: Payment) => Math.max(0, amortisedMicroUsdPerHour - (upfrontUsd * 1e6) / termHours({ termYears }));

/** Micro-dollars that leave between two hours of the term. */
export function cashBetween(payment: Payment, fromHour: number, toHour: number): number {
  invariant(fromHour >= 0 && toHour >= fromHour && toHour <= termHours(payment), 'hours lie within the term');
  const upfront = fromHour === 0 && toHour > 0 ? (payment.upfrontUsd ?? 0) * 1e6 : 0;
  return Math.round(upfront + recurringMicroUsdPerHour(payment) * (toHour - fromHour));
}

export const amortisedBetween = ({ amortisedMicroUsdPerHour }: Payment, fromHour: number, toHour: number) => Math.round(amortisedMicroUsdPerHour * (toHour - fromHour));
