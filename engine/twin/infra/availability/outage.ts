/** A dependency that is out: a share of its calls is refused at once, or is never answered. */
import { nextUnit } from '@/engine/kernel';
import type { Service } from '../infra';

export type Outage = { readonly mode: 'refuse' | 'hang'; readonly share: number };

/** What becomes of the call that is made now; null: it is served. */
export function outageOf({ outages, retryStream }: Service): Outage['mode'] | null {
  for (const { mode, share } of outages) if (share >= 1 || nextUnit(retryStream) < share) return mode;
  return null;
}
