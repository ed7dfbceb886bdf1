import { expect, test } from 'vitest';
import { readConfig } from './server-config';

const read = (variables: Record<string, string>) => readConfig({ NODE_ENV: 'test', ...variables }, '/srv/orrery');
const value = (variables: Record<string, string>) => {
  const config = read(variables);
  if (!config.ok) throw new Error(config.error);
  return config.value;
};

test('without any configuration there is one operator, a database in ./.orrery and no assistant', () => {
  expect(value({})).toMatchObject({ dataFolder: '/srv/orrery/.orrery', databaseUrl: null, fleet: 'start', token: null, assistant: null, policy: { singleOperator: true, approvalsRequired: 1 } });
});

test('an empty variable is one that was not set', () => expect(value({ DATABASE_URL: '', ORRERY_TOKEN: '' })).toMatchObject({ databaseUrl: null, token: null }));

test('service accounts keep their names', () => {
  expect([...value({ ORRERY_SERVICE_TOKENS: 'ci=0123456789abcdef=,bot=fedcba9876543210' }).serviceTokens]).toEqual([['0123456789abcdef=', 'ci'], ['fedcba9876543210', 'bot']]);
});

test('an unspecified address is no name to be asked under', () => expect(value({ HOST: '0.0.0.0', ORRERY_HOSTS: 'a.lan, b.lan,' }).hosts).toEqual(['a.lan', 'b.lan']));

test.each([
  ['DATABASE_URL', 'mysql://x'],
  ['ORRERY_TOKEN', 'short'],
  ['ORRERY_FLEET', 'yes'],
  ['ORRERY_APPROVALS', '0'],
  ['ORRERY_APPROVALS', 'two'],
  ['ORRERY_SINGLE_OPERATOR', 'maybe'],
  ['ORRERY_SERVICE_TOKENS', 'ci'],
  ['ORRERY_SERVICE_TOKENS', 'ci=short'],
  ['ORRERY_ASSISTANT_URL', 'file:///etc/passwd'],
  ['ORRERY_ABORT_MARGIN', '-1'],
])('%s=%s is refused by name', (name, text) => {
  const config = read({ [name]: text });
  expect(config.ok ? 'accepted' : config.error).toMatch(name);
});
