import { router } from '../../trpc/trpc';
import { assistantStatusProcedure } from './assistant-status';
import { explainPlanProcedure } from './explain-plan';

export const assistantRouter = router({ status: assistantStatusProcedure, explainPlan: explainPlanProcedure });
