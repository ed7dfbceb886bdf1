/** A REST request to its operation: origin, token, path, If-Match, body, answer. Every error is problem+json. */
import { getServer, type Server } from '../boot/server';
import { actorFrom } from '../http/bearer';
import { originProblem } from '../http/origin-check';
import { problemResponse, type Problem } from '../http/problem';
import type { Answer, Operation } from './operation';
import { OPERATIONS } from './operations';

const BODY_CHARACTERS_MAX = 200_000;
const PLAN_ID = /^"?([0-9a-f]{64})"?$/;

export const answerRest = async (request: Request): Promise<Response> => answerRestOf(await getServer(), request);

export async function answerRestOf(server: Server, request: Request): Promise<Response> {
  try {
    const foreign = originProblem(request, server.config.hosts);
    if (foreign !== null) return problemResponse({ status: 403, code: 'foreign-origin', detail: foreign });
    const actor = actorFrom(request, server.config);
    if (actor === null) return problemResponse({ status: 401, code: 'unauthorized', detail: 'Send the operator’s or a service account’s token: Authorization: Bearer …' });
    const url = new URL(request.url);
    const found = findOperation(request.method, url.pathname.replace(/^\/api\/v1/, ''));
    if ('status' in found) return problemResponse(found);
    const { operation, id } = found;
    const ifMatch = PLAN_ID.exec(request.headers.get('if-match') ?? '')?.[1] ?? null;
    if (operation.ifMatch && ifMatch === null) return problemResponse({ status: 428, code: 'if-match-missing', detail: 'Name the planId that you decided on: If-Match: "64 hex digits".' });
    const body = operation.method === 'POST' ? await readBody(request) : { value: undefined };
    if ('problem' in body) return problemResponse(body.problem);
    const result = await operation.run({ server, actor, id, ifMatch, query: url.searchParams }, body.value);
    return result.ok ? respond(result.value) : problemResponse(result.error);
  } catch (error) {
    console.error(`rest: ${error instanceof Error ? error.stack : String(error)}`);
    return problemResponse({ status: 500, code: 'internal', detail: 'The server failed to answer. Its log says why.' });
  }
}

function findOperation(method: string, path: string): { readonly operation: Operation; readonly id: string } | Problem {
  const matching = OPERATIONS.flatMap((operation) => {
    const id = matchPath(operation.path, path);
    return id === null ? [] : [{ operation, id }];
  });
  if (matching.length === 0) return { status: 404, code: 'no-such-path', detail: `There is nothing at /api/v1${path.slice(0, 200)}. GET /api/openapi.json lists what is there.` };
  return matching.find(({ operation }) => operation.method === method) ?? { status: 405, code: 'wrong-method', detail: `${method} is not possible here, ${matching.map(({ operation }) => operation.method).join(' and ')} are.` };
}

/** The plan's id ('' where the path has none), or null when the path is another one. */
function matchPath(pattern: string, path: string): string | null {
  const [wanted, given] = [pattern.split('/'), path.replace(/\/$/, '').split('/')];
  if (wanted.length !== given.length) return null;
  let id = '';
  for (const [at, part] of wanted.entries()) {
    if (part === '{id}' && /^[\w.~-]{1,100}$/.test(given[at] ?? '')) id = given[at] ?? '';
    else if (part !== given[at]) return null;
  }
  return id;
}

async function readBody(request: Request): Promise<{ readonly value: unknown } | { readonly problem: Problem }> {
  const text = await request.text();
  if (text.length > BODY_CHARACTERS_MAX) return { problem: { status: 413, code: 'too-large', detail: `A body may have ${BODY_CHARACTERS_MAX} characters.` } };
  if (text.trim() === '') return { value: undefined };
  if (!/^application\/json\b/.test(request.headers.get('content-type') ?? '')) return { problem: { status: 415, code: 'not-json', detail: 'Send the body as application/json.' } };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problem: { status: 400, code: 'not-json', detail: 'The body is not valid JSON.' } };
  }
}

function respond(answer: Answer): Response {
  if ('body' in answer) return Response.json(answer.body, { status: answer.status, headers: { 'cache-control': 'no-store', ...answer.headers } });
  const encoder = new TextEncoder();
  const iterator = answer.lines[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: () => void iterator.return?.(),
  });
  return new Response(stream, { status: answer.status, headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' } });
}
