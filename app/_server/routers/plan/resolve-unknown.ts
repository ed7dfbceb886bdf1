/** A person's word on a step whose effect nobody else can know: `PlanSummary`. */
import { z } from 'zod';
import { resolveUnknown } from '../../gateway/execution/resolve-unknown';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { planRow, reason } from './plan-id';

export const resolveUnknownInput = planRow.extend({ tookEffect: z.boolean(), reason });

export const resolveUnknownProcedure = procedure.input(resolveUnknownInput).mutation(async ({ ctx, input }) => orRefuse(await resolveUnknown(ctx.server.ports, input, ctx.actor)));
