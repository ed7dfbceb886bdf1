import { expect, test } from 'vitest';
import { hostQuestions } from '@/scenarios/hosts';
import { changesOf } from './offered-changes';
import { faultsOf } from './offered-faults';
import { addressOfTried, triedOfAddress } from './tried-address';

test('whatever a host offers comes back from its address', () => {
  for (const { host } of hostQuestions) {
    const offered = [...changesOf(host), ...faultsOf(host)];
    for (const { key, tried } of offered) expect([key, triedOfAddress(addressOfTried(tried), offered, 60)]).toEqual([key, tried]);
  }
});

const offered = [...changesOf(hostQuestions[0]!.host), ...faultsOf(hostQuestions[0]!.host)];

test('a number in the address is the one that is tried, one that cannot be is left out', () => {
  const quota = (amount: string) => triedOfAddress({ change: 'set-quota api', amount, lasts: null }, offered, 45);
  expect(quota('75')).toMatchObject({ command: { kind: 'set-quota', group: 'api', quotaMs: 75 } });
  for (const amount of ['0', '1e9', 'x', '']) expect(quota(amount)).toMatchObject({ command: { quotaMs: 60 } });
  expect(triedOfAddress({ change: 'host-power-loss', amount: null, lasts: '7' }, offered, 45)).toMatchObject({ lastsSeconds: 7 });
  expect(triedOfAddress({ change: 'host-power-loss', amount: null, lasts: '700' }, offered, 45)).toMatchObject({ lastsSeconds: 15 });
});

test('a change that this host does not offer is none', () => {
  expect(triedOfAddress({ change: 'set-quota nobody', amount: '5', lasts: null }, offered, 45)).toBeNull();
  expect(triedOfAddress({ change: null, amount: null, lasts: null }, offered, 45)).toBeNull();
});
