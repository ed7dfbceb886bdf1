import { expect, test } from 'vitest';
import { ACME, configDrift, isValid, planUpdate, renewalDueUs, renewUntil, staleServices } from './index';

const DAY = 86_400e6;
const certificate = { name: 'web', notBeforeUs: 0, notAfterUs: 90 * DAY };

test('a certificate is renewed when a third of its life is left, for ever', () => {
  expect(renewalDueUs(certificate, ACME)).toBe(60 * DAY);
  const { renewals, invalidUs } = renewUntil(certificate, ACME, 0, 365 * DAY, []);
  expect(renewals.map((at) => at / DAY)).toEqual([60, 120, 180, 240, 300, 360]);
  expect(invalidUs).toBe(0);
});

test('an outage of the issuer shorter than the rest of the life is not seen, a longer one is', () => {
  expect(renewUntil(certificate, ACME, 0, 200 * DAY, [{ fromUs: 59 * DAY, toUs: 85 * DAY }]).invalidUs).toBe(0);
  const long = renewUntil(certificate, ACME, 0, 200 * DAY, [{ fromUs: 59 * DAY, toUs: 100 * DAY }]);
  expect(long.invalidUs).toBe(10 * DAY);
  expect(isValid(certificate, 90 * DAY)).toBe(false);
});

test('one that is never renewed is invalid from its end', () => {
  expect(renewUntil(certificate, ACME, 0, 100 * DAY, [{ fromUs: 0, toUs: 1_000 * DAY }])).toEqual({ renewals: [], invalidUs: 10 * DAY });
});

test('an update restarts who uses it, and reboots for a kernel', () => {
  const openssl = { name: 'openssl', version: '3.0.15', bytes: 2e6, usedBy: ['nginx', 'sshd'], needsReboot: false };
  const kernel = { name: 'linux-image', version: '6.18.44', bytes: 90e6, usedBy: [], needsReboot: true };
  expect(planUpdate([openssl, { ...openssl, name: 'libssl', usedBy: ['nginx'] }], 1e6, 4e6)).toEqual({ downloadSeconds: 4, unpackSeconds: 1, restarts: ['nginx', 'sshd'], reboot: false });
  expect(planUpdate([kernel], 10e6, 90e6)).toMatchObject({ restarts: [], reboot: true });
});

test('a service that was not restarted still runs what was replaced', () => {
  expect(staleServices([{ name: 'openssl', onDisk: '3.0.15', running: { nginx: '3.0.14', sshd: '3.0.15' } }])).toEqual([{ service: 'nginx', package: 'openssl', running: '3.0.14', onDisk: '3.0.15' }]);
});

test('drift is what was changed, is missing or was added, key by key', () => {
  expect(configDrift({ a: '1', b: '2', c: '3' }, { a: '1', b: '9', d: '4' })).toEqual([
    { key: 'b', wanted: '2', found: '9', kind: 'changed' },
    { key: 'c', wanted: '3', found: null, kind: 'missing' },
    { key: 'd', wanted: null, found: '4', kind: 'extra' },
  ]);
});
