/** A tRPC request into the router, once it is known to come from our own pages. */
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getServer, type Server } from '../boot/server';
import { LOCAL_OPERATOR } from '../gateway/actor';
import { appRouter } from '../routers/app-router';
import { originProblem } from './origin-check';
import { problemResponse } from './problem';

const BODY_BYTES_MAX = 1_000_000;

export const answerTrpc = async (request: Request): Promise<Response> => answerTrpcOf(await getServer(), request);

export async function answerTrpcOf(server: Server, request: Request): Promise<Response> {
  const problem = originProblem(request, server.config.hosts);
  if (problem !== null) return problemResponse({ status: 403, code: 'foreign-origin', detail: problem });
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX) return problemResponse({ status: 413, code: 'too-large', detail: `A request may have ${BODY_BYTES_MAX} bytes.` });
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => ({ server, actor: LOCAL_OPERATOR }),
    onError({ error, path }) {
      if (error.code === 'INTERNAL_SERVER_ERROR') console.error(`trpc: ${path ?? ''}: ${error.cause?.stack ?? error.message}`);
    },
  });
}
