import { describe, expect, test } from 'vitest';
import { actorFrom } from './bearer';
import { originProblem } from './origin-check';

const ask = (method: string, headers: Record<string, string>) => new Request('http://localhost:3000/api/trpc/plans.approve', { method, headers });
const problem = (method: string, headers: Record<string, string>, hosts: readonly string[] = []) => originProblem(ask(method, headers), hosts);

describe('the Host', () => {
  test.each(['localhost:3000', 'localhost', '127.0.0.1:80', '[::1]:3000', 'LOCALHOST:3000'])('%s is this machine', (host) => expect(problem('GET', { host })).toBeNull());
  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '10.0.0.1', '', 'localhost:3000:1', 'localhost@evil.example', '0x7f.1'])('%j is refused, also for reading', (host) => {
    expect(problem('GET', { host })).toMatch('not known as');
  });
  test('a configured name is let in, and only that', () => {
    expect(problem('GET', { host: 'orrery.lan:3000' }, ['orrery.lan'])).toBeNull();
    expect(problem('GET', { host: 'x.orrery.lan' }, ['orrery.lan'])).not.toBeNull();
  });
});

describe('a change', () => {
  const own = { host: 'localhost:3000' };
  test.each<Record<string, string>>([{}, { origin: 'http://localhost:3000' }, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }])('is taken from our own pages and from programs: %j', (more) => {
    expect(problem('POST', { ...own, ...more })).toBeNull();
  });
  test.each<Record<string, string>>([
    { origin: 'http://evil.example' }, { origin: 'http://localhost:3001' }, { origin: 'null' }, { origin: 'not a url' }, { origin: 'http://localhost:3000.evil.example' },
    { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'nonsense' }, { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' },
  ])('is refused from elsewhere: %j', (more) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(problem(method, { ...own, ...more })).toMatch('own pages');
  });
});

describe('the token', () => {
  const token = 'operator-token-0123456789';
  const tokens = { token, serviceTokens: new Map([['service-token-0123456789', 'ci']]) };
  const from = (authorization?: string, config: Parameters<typeof actorFrom>[1] = tokens) => actorFrom(ask('POST', authorization === undefined ? {} : { authorization }), config);

  test('the operator’s token is the operator', () => expect(from(`Bearer ${token}`)).toEqual({ id: 'operator', kind: 'person' }));
  test('a service account’s token is that account, and no person', () => expect(from('Bearer service-token-0123456789')).toEqual({ id: 'ci', kind: 'service' }));
  test.each([undefined, '', 'Bearer', 'Bearer ', `bearer ${token}`, `Basic ${token}`, token, `Bearer ${token}x`, `Bearer ${token.slice(0, -1)}`, `Bearer x ${token}`, 'Bearer operator'])('%j is nobody', (authorization) => {
    expect(from(authorization)).toBeNull();
  });
  test('without a configured token, loopback is the operator, and a wrong token is still nobody', () => {
    const none = { token: null, serviceTokens: new Map<string, string>() };
    expect(from(undefined, none)).toEqual({ id: 'operator', kind: 'person' });
    expect(from('Bearer whatever-it-is-0123456', none)).toBeNull();
  });
});
