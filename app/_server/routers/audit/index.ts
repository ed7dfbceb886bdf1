import { router } from '../../trpc/trpc';
import { listAuditProcedure } from './list-audit';
import { verifyAuditProcedure } from './verify-audit';

export const auditRouter = router({ list: listAuditProcedure, verify: verifyAuditProcedure });
