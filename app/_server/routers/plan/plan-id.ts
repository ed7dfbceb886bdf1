/** How a plan is named at the wire: `id` for life, `planId` for exactly this content. */
import { z } from 'zod';

export const planRow = z.object({ id: z.string().min(1).max(100) });
export const exactPlan = planRow.extend({ planId: z.string().regex(/^[0-9a-f]{64}$/, 'must be the 64 hex digits of the plan’s digest') });
export const reason = z.string().trim().min(1, 'say why').max(500);
