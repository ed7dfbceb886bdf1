/** tRPC for the pages: same-origin only. The pages' person is the local operator; the page says so. */
import { answerTrpc } from '@/app/_server/http/answer-trpc';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

export { answerTrpc as GET, answerTrpc as POST };
