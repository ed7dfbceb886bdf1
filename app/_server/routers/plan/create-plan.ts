/** Drafts a plan from commands, such as a what-if that somebody liked: `PlanSummary` in state `draft`. */
import { z } from 'zod';
import { draftPlan } from '../../gateway/plan/draft-plan';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { commandInput } from './command-input';

const EVIDENCE_CHARACTERS_MAX = 20_000;

export const createPlanInput = z.object({
  title: z.string().trim().min(1).max(200),
  why: z.string().trim().max(2_000).default(''),
  target: z.object({ connector: z.string().min(1).max(100), name: z.string().min(1).max(100) }).default({ connector: 'fleet', name: 'fleet' }),
  commands: z.array(commandInput).max(100),
  settleSeconds: z.number().int().min(0).max(3_600).default(15),
  verifySeconds: z.number().int().min(5).max(3_600).default(30),
  evidence: z.json().refine((value) => JSON.stringify(value).length <= EVIDENCE_CHARACTERS_MAX, `must be under ${EVIDENCE_CHARACTERS_MAX} characters`).optional(),
});

export const createPlanProcedure = procedure.input(createPlanInput).mutation(async ({ ctx, input }) => orRefuse(await draftPlan(ctx.server.ports, input, ctx.actor)));
