/** The REST surface under /api/v1: the same gateway calls as the pages make, under names that stay. */
import { ok, type Result } from '@/engine/kernel';
import { z } from 'zod';
import { exportAudit } from '../audit/read-log';
import { approvePlan } from '../gateway/approval/approve-plan';
import { abortPlan } from '../gateway/execution/abort-plan';
import { armPlan, type Armed } from '../gateway/execution/arm-plan';
import { undoPlan } from '../gateway/execution/undo-plan';
import type { GatewayRefusal } from '../gateway/gateway-refusal';
import { stopAll } from '../gateway/kill-switch';
import { draftPlan } from '../gateway/plan/draft-plan';
import { proposePlan } from '../gateway/plan/propose-plan';
import { getPlan, listPlans } from '../gateway/plan/read-plans';
import { rehearsePlan } from '../gateway/plan/rehearse-plan';
import { rejectPlan } from '../gateway/plan/reject-plan';
import { commandInput } from '../routers/plan/command-input';
import { createPlanInput } from '../routers/plan/create-plan';
import { listPlansInput } from '../routers/plan/list-plans';
import { reason } from '../routers/plan/plan-id';
import { operation, type Asked, type Operation } from './operation';

const nothing = z.strictObject({});
const draftBody = createPlanInput.omit({ commands: true }).extend({ steps: z.array(z.strictObject({ command: commandInput })).max(100) }).strict();

const post = (path: string, operationId: string, summary: string, over: Partial<Pick<Operation, 'ifMatch' | 'status'>> = {}) => ({ method: 'POST' as const, path, operationId, summary, ifMatch: false, status: 200, ...over });
const exact = ({ id, ifMatch }: Asked) => ({ id, planId: ifMatch ?? '' });

/** Lets the executor carry out what was armed; the answer does not wait for it. */
function started({ server }: Asked, armed: Result<Armed, GatewayRefusal>): Result<Armed, GatewayRefusal> {
  if (armed.ok) server.executor.start(armed.value.execution);
  return armed;
}

const listFilter = (query: URLSearchParams) => listPlansInput.safeParse({ states: query.has('state') ? query.getAll('state') : undefined, limit: query.has('limit') ? Number(query.get('limit')) : undefined, before: query.has('before') ? Number(query.get('before')) : undefined });

export const OPERATIONS: readonly Operation[] = [
  {
    ...post('/plans', 'listPlans', 'Plans, newest first; filter with state, page with before and limit'),
    method: 'GET',
    bodySchema: null,
    async run({ server, query }) {
      const filter = listFilter(query);
      if (!filter.success) return { ok: false, error: { status: 400, code: 'bad-query', detail: filter.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') } };
      return ok({ status: 200, body: { plans: await listPlans(server.database.db, filter.data) } });
    },
  },
  operation(post('/plans', 'createPlan', 'Drafts a plan from commands', { status: 201 }), draftBody, ({ server, actor }, { steps, ...body }) => draftPlan(server.ports, { ...body, commands: steps.map(({ command }) => command) }, actor)),
  { ...operation(post('/plans/{id}', 'getPlan', 'One plan with its body, approvals, executions, promises and history'), nothing, ({ server, id }) => getPlan(server.database.db, id)), method: 'GET', bodySchema: null },
  operation(post('/plans/{id}/propose', 'proposePlan', 'Puts a draft into the inbox'), nothing, ({ server, actor, id }) => proposePlan(server.ports, { id }, actor)),
  operation(post('/plans/{id}/rehearse', 'rehearsePlan', 'Rehearses on a fork of the twin; gives a new planId'), nothing, ({ server, actor, id }) => rehearsePlan(server.ports, { id }, actor)),
  operation(post('/plans/{id}/approve', 'approvePlan', 'Approves exactly the planId of If-Match; persons only', { ifMatch: true }), nothing, (asked) => approvePlan(asked.server.ports, exact(asked), asked.actor)),
  operation(post('/plans/{id}/reject', 'rejectPlan', 'Refuses a plan for good'), z.strictObject({ reason }), ({ server, actor, id }, body) => rejectPlan(server.ports, { id, ...body }, actor)),
  operation(post('/plans/{id}/execute', 'executePlan', 'Starts to carry an approved plan out; dry-run or live is the connector’s mode', { ifMatch: true, status: 202 }), nothing, async (asked) => started(asked, await armPlan(asked.server.ports, exact(asked), asked.actor))),
  operation(post('/plans/{id}/abort', 'abortPlan', 'Stops a plan where it is'), z.strictObject({ reason: reason.default('asked for over REST') }), ({ server, actor, id }, body) => abortPlan(server.ports, { id, ...body }, actor)),
  operation(post('/plans/{id}/undo', 'undoPlan', 'Starts to take back what a finished or aborted plan did', { ifMatch: true, status: 202 }), nothing, async (asked) => started(asked, await undoPlan(asked.server.ports, exact(asked), asked.actor))),
  operation(post('/stop', 'stopAll', 'The kill switch: no new step anywhere once this has answered'), z.strictObject({ reason: z.string().trim().max(500).default('') }), async ({ server, actor }, body) => ok(await stopAll(server.ports, body.reason, actor))),
  { ...post('/audit', 'exportAudit', 'The audit log as NDJSON: one leaf per line, the head last'), method: 'GET', bodySchema: null, run: async ({ server }) => ok({ status: 200, lines: exportAudit(server.database.db) }) },
];
