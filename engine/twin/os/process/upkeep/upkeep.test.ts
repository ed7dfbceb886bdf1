import { expect, test } from 'vitest';
import { configDrift, isValid, planUpdate, renewalDueUs } from './index';

const DAY = 86_400e6;
const certificate = { name: 'web', notBeforeUs: 0, notAfterUs: 90 * DAY };

test('a certificate is due for renewal when its share is left, and valid until its end', () => {
  expect(renewalDueUs(certificate, { atRemainingShare: 1 / 3, retryUs: 1, lifetimeUs: 1 })).toBe(60 * DAY);
  expect([isValid(certificate, 89 * DAY), isValid(certificate, 90 * DAY)]).toEqual([true, false]);
});

test('an update restarts who uses it, and reboots for a kernel', () => {
  const openssl = { name: 'openssl', version: '3.0.15', bytes: 2e6, usedBy: ['nginx', 'sshd'], needsReboot: false };
  const kernel = { name: 'linux-image', version: '6.18.44', bytes: 90e6, usedBy: [], needsReboot: true };
  expect(planUpdate([openssl, { ...openssl, name: 'libssl', usedBy: ['nginx'] }], 1e6, 4e6)).toEqual({ downloadSeconds: 4, unpackSeconds: 1, restarts: ['nginx', 'sshd'], reboot: false });
  expect(planUpdate([kernel], 10e6, 90e6)).toMatchObject({ restarts: [], reboot: true });
});

test('drift is what was changed, is missing or was added, key by key', () => {
  expect(configDrift({ a: '1', b: '2', c: '3' }, { a: '1', b: '9', d: '4' })).toEqual([
    { key: 'b', wanted: '2', found: '9', kind: 'changed' },
    { key: 'c', wanted: '3', found: null, kind: 'missing' },
    { key: 'd', wanted: null, found: '4', kind: 'extra' },
  ]);
});
