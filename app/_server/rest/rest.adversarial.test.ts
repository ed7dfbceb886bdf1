import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyExport } from '../audit/export-format';
import { testServer, type TestServer } from '../testing/test-server';
import { answerRestOf } from './answer-rest';
import { openapiDocument } from './openapi';
import { OPERATIONS } from './operations';

const OPERATOR = 'operator-token-0123456789';
const SERVICE = 'service-token-0123456789';
let made: TestServer;
beforeAll(async () => {
  made = await testServer({ config: { token: OPERATOR, serviceTokens: new Map([[SERVICE, 'ci']]) } });
});
afterAll(() => made.server.close());

type Ask = { readonly method?: string; readonly token?: string | null; readonly body?: unknown; readonly headers?: Record<string, string> };
const ask = (path: string, { method = 'POST', token = OPERATOR, body, headers = {} }: Ask = {}) =>
  answerRestOf(
    made.server,
    new Request(`http://localhost/api/v1${path}`, {
      method,
      headers: { host: 'localhost', ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
type Answered = Record<string, unknown> & { readonly id: string; readonly planId: string };
const json = async (response: Promise<Response>) => (await (await response).json()) as Answered;
const problem = async (response: Response | Promise<Response>) => {
  const answer = await response;
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const { status, code } = (await answer.json()) as { status: number; code: string };
  expect(status).toBe(answer.status);
  return `${status} ${code}`;
};
const DRAFT = { title: 'Scale out', target: { connector: 'model', name: 'model' }, steps: [{ command: { kind: 'set-replicas', service: 'backend', replicas: 3 } }], evidence: { from: 'a script' } };
const matching = (planId: string) => ({ headers: { 'if-match': `"${planId}"` } });

test('a plan written by a service account goes to its end over REST, approved by the operator', async () => {
  await made.bench.ports.connectors.list();
  const created = await ask('/plans', { token: SERVICE, body: DRAFT });
  expect(created.status).toBe(201);
  const draft = (await created.json()) as Answered;
  expect(draft).toMatchObject({ state: 'draft', author: 'ci' });
  await ask(`/plans/${draft.id}/propose`, { token: SERVICE });
  const rehearsed = await json(ask(`/plans/${draft.id}/rehearse`, { token: SERVICE }));
  expect(await problem(ask(`/plans/${draft.id}/approve`, { token: SERVICE, ...matching(rehearsed.planId) }))).toBe('403 not-a-person');
  expect(await json(ask(`/plans/${draft.id}/approve`, matching(rehearsed.planId)))).toMatchObject({ state: 'approved' });
  expect(await problem(ask(`/plans/${draft.id}/execute`, matching(rehearsed.planId)))).toBe('412 connector-mode');
  expect(await json(ask(`/plans/${draft.id}`, { method: 'GET' }))).toMatchObject({ id: draft.id, approvals: [{ approver: 'operator' }] });
});

test('the audit log comes out as NDJSON that verifies', async () => {
  const response = await ask('/audit', { method: 'GET' });
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  expect(verifyExport(await response.text())).toMatchObject({ ok: true });
});

test('the kill switch answers with the fence, and nothing executes after it', async () => {
  expect(await json(ask('/stop', { body: { reason: 'a drill' } }))).toMatchObject({ aborted: [] });
  const { plans } = (await json(ask('/plans?state=approved', { method: 'GET' }))) as unknown as { plans: Answered[] };
  expect(await problem(ask(`/plans/${plans[0]!.id}/execute`, matching(plans[0]!.planId)))).toBe('412 stopped');
});

describe('what is refused, and how', () => {
  test.each<[string, string, Ask, string]>([
    ['no token', '/plans', { method: 'GET', token: null }, '401 unauthorized'],
    ['a wrong token', '/plans', { method: 'GET', token: 'x'.repeat(24) }, '401 unauthorized'],
    ['a foreign page', '/stop', { headers: { origin: 'http://evil.example' } }, '403 foreign-origin'],
    ['a rebound name', '/plans', { method: 'GET', headers: { host: 'evil.example' } }, '403 foreign-origin'],
    ['a path that is not there', '/plans/x/destroy', {}, '404 no-such-path'],
    ['a path out of the tree', '/plans/..%2F..%2Fetc', { method: 'GET' }, '404 no-such-path'],
    ['a broken escape', '/plans/%E0%A4%A', { method: 'GET' }, '404 no-such-path'],
    ['an unknown plan', '/plans/nope', { method: 'GET' }, '404 not-found'],
    ['a wrong method', '/plans/nope/approve', { method: 'GET' }, '405 wrong-method'],
    ['a delete', '/plans', { method: 'DELETE' }, '405 wrong-method'],
    ['no If-Match', '/plans/nope/approve', {}, '428 if-match-missing'],
    ['a weak If-Match', '/plans/nope/approve', { headers: { 'if-match': '*' } }, '428 if-match-missing'],
    ['no JSON', '/plans', { body: '{' }, '400 not-json'],
    ['another content type', '/plans', { body: DRAFT, headers: { 'content-type': 'text/plain' } }, '415 not-json'],
    ['an unknown key', '/plans', { body: { ...DRAFT, state: 'approved' } }, '400 bad-body'],
    ['an approval smuggled into a draft', '/plans', { body: { ...DRAFT, approvals: [{ approver: 'ada' }] } }, '400 bad-body'],
    ['a command out of the union', '/plans', { body: { ...DRAFT, steps: [{ command: { kind: 'rm', path: '/' } }] } }, '400 bad-body'],
    ['a step with more than a command', '/plans', { body: { ...DRAFT, steps: [{ ...DRAFT.steps[0], inverse: null }] } }, '400 bad-body'],
    ['a fraction of a replica', '/plans', { body: { ...DRAFT, steps: [{ command: { kind: 'set-replicas', service: 'backend', replicas: 2.5 } }] } }, '400 bad-body'],
    ['a huge body', '/plans', { body: { ...DRAFT, why: 'x'.repeat(300_000) } }, '413 too-large'],
    ['a filter for a state that is not there', '/plans?state=promoted', { method: 'GET' }, '400 bad-query'],
    ['a limit that is no number', '/plans?limit=many', { method: 'GET' }, '400 bad-query'],
    ['a rejection without a reason', '/plans/nope/reject', { body: {} }, '400 bad-body'],
  ])('%s', async (_what, path, asked, expected) => expect(await problem(ask(path, asked))).toBe(expected));
});

test('the description names every operation, once, with an id of its own', () => {
  const { openapi, paths } = openapiDocument() as { openapi: string; paths: Record<string, Record<string, { operationId: string }>> };
  const described = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  expect(openapi).toBe('3.1.0');
  expect(described.toSorted()).toEqual(OPERATIONS.map(({ operationId }) => operationId).toSorted());
  expect(new Set(described).size).toBe(described.length);
  expect(() => JSON.stringify(openapiDocument())).not.toThrow();
});
