import { isTrackedEnvelope, TRPCError } from '@trpc/server';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTrpcOf } from '../http/answer-trpc';
import { verifyLog } from '../audit/read-log';
import { intents } from '../database/schema';
import type { Actor } from '../gateway/actor';
import { ADA, BOB, must, rehearsedBy, setMode } from '../gateway/testing/bench';
import { testServer, type TestServer } from '../testing/test-server';
import { trpc } from '../trpc/trpc';
import { appRouter } from './app-router';

let made: TestServer;
beforeAll(async () => {
  made = await testServer({ policy: { singleOperator: false } });
});
afterAll(() => made.server.close());

const asActor = (actor: Actor) => trpc.createCallerFactory(appRouter)({ server: made.server, actor });
const refusal = async (call: Promise<unknown>) => {
  const error = await call.then(() => null, (thrown: unknown) => thrown);
  if (!(error instanceof TRPCError)) throw new Error(`expected a TRPCError, found ${String(error)}`);
  return { code: error.code, message: error.message, refusal: error.cause !== undefined && 'refusal' in error.cause ? error.cause.refusal : null };
};
const DIGEST = 'a'.repeat(64);

test('a plan goes through the procedures in order, and its detail tells the whole story', async () => {
  const [ada, bob] = [asActor(ADA), asActor(BOB)];
  await ada.connectors.setMode({ connector: 'model', mode: 'live', typedName: 'model' });
  const draft = await ada.plans.create({ title: 'Scale out', target: { connector: 'model', name: 'model' }, commands: [{ kind: 'set-replicas', service: 'backend', replicas: 3 }], evidence: { sentence: 'p95 falls' } });
  expect(draft.state).toBe('draft');
  await ada.plans.propose(draft);
  const rehearsed = await ada.plans.rehearse(draft);
  await bob.plans.approve(rehearsed);
  const armed = await bob.plans.execute(rehearsed);
  expect(armed).toMatchObject({ mode: 'live', plan: { state: 'armed' } });
  await made.server.executor.idle();
  const detail = await ada.plans.get(draft);
  expect(detail).toMatchObject({ state: 'verifying', approvals: [{ approver: 'bob' }], executions: [{ mode: 'live', attempts: [{ step: 0, result: 'applied' }] }], promises: [{ verdict: null }] });
  expect(detail.history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['plan-created', 'plan-moved', 'approval-given', 'intent', 'outcome']));
  await ada.plans.abort({ id: draft.id });
  await bob.plans.undo(detail);
  await made.server.executor.idle();
  expect((await ada.plans.list({})).find(({ id }) => id === draft.id)).toMatchObject({ state: 'undone' });
});

test('promotion without approval is refused over tRPC in every state before it', async () => {
  const bob = asActor(BOB);
  const draft = await asActor(ADA).plans.create({ title: 't', target: { connector: 'model', name: 'model' }, commands: [{ kind: 'set-replicas', service: 'store', replicas: 2 }] });
  for (const advance of [() => bob.plans.propose(draft), () => bob.plans.rehearse(draft)]) {
    expect(await refusal(bob.plans.execute(draft))).toMatchObject({ code: 'CONFLICT' });
    await advance();
  }
  const plan = await bob.plans.get(draft);
  expect(await refusal(bob.plans.execute(plan))).toMatchObject({ code: 'CONFLICT', refusal: { code: 'wrong-state', state: 'rehearsed' } });
  expect((await made.server.database.db.select().from(intents)).some(({ planId }) => planId === plan.planId)).toBe(false);
});

test('a refusal keeps its code and its facts, and says them in a sentence', async () => {
  const plan = await rehearsedBy(made.bench, ADA);
  expect(await refusal(asActor(ADA).plans.approve(plan))).toEqual({ code: 'FORBIDDEN', message: 'The plan was written by ada, who may not approve it: somebody else has to.', refusal: { code: 'own-plan', author: 'ada' } });
  expect(await refusal(asActor({ id: 'ci', kind: 'service' }).plans.approve(plan))).toMatchObject({ code: 'FORBIDDEN', refusal: { code: 'not-a-person' } });
  expect(await refusal(asActor(BOB).plans.approve({ ...plan, planId: DIGEST }))).toMatchObject({ code: 'PRECONDITION_FAILED', refusal: { code: 'digest-mismatch' } });
  expect(await refusal(asActor(BOB).plans.get({ id: 'nope' }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('going live needs the connector’s name, typed', async () => {
  const ada = asActor(ADA);
  for (const typedName of [undefined, '', 'Model', 'model ']) expect(await refusal(ada.connectors.setMode({ connector: 'model', mode: 'live', ...(typedName === undefined ? {} : { typedName }) }))).toMatchObject({ code: 'BAD_REQUEST' });
  expect(await refusal(asActor({ id: 'ci', kind: 'service' }).connectors.setMode({ connector: 'model', mode: 'live', typedName: 'model' }))).toMatchObject({ code: 'FORBIDDEN' });
  expect(await refusal(ada.connectors.setMode({ connector: 'nope', mode: 'live', typedName: 'nope' }))).toMatchObject({ code: 'NOT_FOUND' });
});

test.each([
  ['no commands', { commands: [] }, 'BAD_REQUEST'],
  ['too many commands', { commands: Array.from({ length: 21 }, () => ({ kind: 'set-replicas', service: 'backend', replicas: 2 })) }, 'BAD_REQUEST'],
  ['a service that is not there', { commands: [{ kind: 'set-replicas', service: 'nope', replicas: 2 }] }, 'UNPROCESSABLE_CONTENT'],
  ['a command that this connector does not know', { commands: [{ kind: 'drain-node', node: 'a' }] }, 'UNPROCESSABLE_CONTENT'],
  ['a connector that is not there', { target: { connector: 'nope', name: 'x' } }, 'NOT_FOUND'],
] as const)('a draft with %s is refused', async (_what, over, code) => {
  const input = { title: 't', target: { connector: 'model', name: 'model' }, commands: [{ kind: 'set-replicas' as const, service: 'backend', replicas: 3 }], ...structuredClone(over) };
  expect(await refusal(asActor(ADA).plans.create(input as Parameters<ReturnType<typeof asActor>['plans']['create']>[0]))).toMatchObject({ code });
});

const MUTATIONS = ['plans.create', 'plans.propose', 'plans.rehearse', 'plans.approve', 'plans.revoke', 'plans.reject', 'plans.execute', 'plans.abort', 'plans.undo', 'plans.resolve', 'connectors.setMode', 'fleet.injectFault', 'fleet.clearFault'];
const QUERIES = ['plans.list', 'plans.get', 'audit.list', 'promises.list', 'live.frames', 'connectors.observe'];
const post = (path: string, body: string) =>
  answerTrpcOf(made.server, new Request(`http://localhost/api/trpc/${path}`, { method: 'POST', headers: { host: 'localhost', 'content-type': 'application/json' }, body }));

test('any JSON at all, sent to any procedure, is answered with a client error and changes nothing', async () => {
  const before = (await verifyLog(made.server.database.db)).leaves;
  const word = fc.constantFrom('id', 'planId', 'title', 'commands', 'target', 'kind', 'connector', 'mode', '__proto__', 'constructor', 'reason', 'states', 'limit', 'before');
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.dictionary(word, fc.jsonValue({ maxDepth: 2 })));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...MUTATIONS), anything, async (path, body) => {
      const response = await post(path, JSON.stringify(body));
      return response.status >= 400 && response.status < 500;
    }),
    { seed: 11, numRuns: 300 },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...QUERIES), anything, async (path, input) => {
      const url = `http://localhost/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;
      return (await answerTrpcOf(made.server, new Request(url, { headers: { host: 'localhost' } }))).status < 500;
    }),
    { seed: 12, numRuns: 200 },
  );
  expect((await verifyLog(made.server.database.db)).leaves).toBe(before);
});

test.each(['', '{', 'null', '[]', '"x"', '{"0":{}}', '\u0000', '{"id":"' + 'x'.repeat(10_000) + '"}'])('a broken body is a client error: %#', async (body) => {
  const { status } = await post('plans.approve', body);
  expect([status >= 400, status < 500]).toEqual([true, true]);
});

test('an unknown procedure is not found, and a mutation is not made by a GET', async () => {
  expect((await post('plans.destroy', '{}')).status).toBe(404);
  const { status } = await answerTrpcOf(made.server, new Request('http://localhost/api/trpc/gateway.stop', { headers: { host: 'localhost' } }));
  expect(status).toBe(405);
});

test('an error shows no stack and no path of this machine', async () => {
  const text = await (await post('plans.get', '{"id":1}')).text();
  expect(text).not.toMatch(/node_modules|\/app\/_server|at .*\.ts/);
});

/** In process a tracked event comes as the envelope that the wire takes apart. */
function envelope(value: unknown): { readonly id: string; readonly event: unknown } {
  if (!isTrackedEnvelope(value)) throw new Error('the stream ended');
  return { id: value[0], event: value[1] };
}

test('the live stream carries plan changes, and a dropped tab goes on where it was', async () => {
  must(await setMode(made.bench, 'live'));
  const stop = new AbortController();
  const caller = trpc.createCallerFactory(appRouter)({ server: made.server, actor: ADA }, { signal: stop.signal });
  const stream = await caller.live.stream();
  const reader = stream[Symbol.asyncIterator]();
  const first = reader.next();
  const plan = await asActor(ADA).plans.create({ title: 'seen live', target: { connector: 'model', name: 'model' }, commands: [{ kind: 'set-replicas', service: 'store', replicas: 2 }] });
  const got = await first;
  const { id: lastEventId, event } = envelope(got.value);
  expect(event).toMatchObject({ kind: 'plan', plan: { id: plan.id, state: 'draft' } });
  stop.abort();
  await asActor(ADA).plans.propose(plan);
  const again = new AbortController();
  const resumed = await trpc.createCallerFactory(appRouter)({ server: made.server, actor: ADA }, { signal: again.signal }).live.stream({ lastEventId });
  const next = await resumed[Symbol.asyncIterator]().next();
  again.abort();
  expect(envelope(next.value).event).toMatchObject({ kind: 'plan', plan: { id: plan.id, state: 'proposed' } });
});

test('over HTTP the stream is resumed by the browser’s own Last-Event-ID', async () => {
  const plan = await asActor(ADA).plans.create({ title: 'over the wire', target: { connector: 'model', name: 'model' }, commands: [{ kind: 'set-replicas', service: 'store', replicas: 2 }] });
  const stop = new AbortController();
  const headers = { host: 'localhost', accept: 'text/event-stream', 'last-event-id': 'test-0' };
  const response = await answerTrpcOf(made.server, new Request('http://localhost/api/trpc/live.stream', { headers, signal: stop.signal }));
  expect(response.headers.get('content-type')).toMatch('text/event-stream');
  let text = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.includes(plan.id)) break;
  }
  stop.abort();
  expect(text).toMatch(/^id: test-1$/m);
  expect(text).not.toContain('"kind":"gap"');
});
