/** REST beside tRPC; what is there is in GET /api/openapi.json. */
import { answerRest } from '@/app/_server/rest/answer-rest';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

export { answerRest as GET, answerRest as POST, answerRest as PUT, answerRest as PATCH, answerRest as DELETE };
