import { router } from '../../trpc/trpc';
import { abortPlanProcedure } from './abort-plan';
import { approvePlanProcedure } from './approve-plan';
import { createPlanProcedure } from './create-plan';
import { executePlanProcedure } from './execute-plan';
import { getPlanProcedure } from './get-plan';
import { listPlansProcedure } from './list-plans';
import { proposePlanProcedure } from './propose-plan';
import { rehearsePlanProcedure } from './rehearse-plan';
import { rejectPlanProcedure } from './reject-plan';
import { resolveUnknownProcedure } from './resolve-unknown';
import { revokeApprovalProcedure } from './revoke-approval';
import { undoPlanProcedure } from './undo-plan';

export const planRouter = router({
  list: listPlansProcedure,
  get: getPlanProcedure,
  create: createPlanProcedure,
  propose: proposePlanProcedure,
  rehearse: rehearsePlanProcedure,
  approve: approvePlanProcedure,
  revoke: revokeApprovalProcedure,
  reject: rejectPlanProcedure,
  execute: executePlanProcedure,
  abort: abortPlanProcedure,
  undo: undoPlanProcedure,
  resolve: resolveUnknownProcedure,
});
