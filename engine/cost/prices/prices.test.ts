import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookNamed } from './books';
import { awsPriceBook } from './aws-book';
import { gcpPriceBook } from './gcp-book';
import { familyOfType, gcpShape, machinePrice, normalisedUnits } from './machine-price';
import { bookDay, LATEST_DAY, tiersOn } from './price-book';
import { STORAGE_CLASSES, type StorageClass } from './storage-classes';
import { storageBill, type LifecycleRules, type StorageLoad } from './storage-lifecycle';
import { tieredMicroUsd } from './tiered-amount';

const SEED = { seed: 20261121, numRuns: 200 };
const [aws, gcp] = [awsPriceBook(), gcpPriceBook()];
const usd = (found: ReturnType<typeof machinePrice>) => (found.ok ? found.value.microUsdPerHour / 1e6 : null);

describe('shipped books', () => {
  test('every price has an item, a unit, a day and a source, and only GPUs and egress may be free', () => {
    for (const { entries } of [aws, gcp, bookNamed('opencost')])
      for (const entry of entries) expect([entry.item.length > 0, /^\d{4}-\d\d-\d\d$/.test(entry.from), entry.source.length > 10, entry.microUsd > 0 || entry.item === 'egress-internet'], entry.item).toEqual([true, true, true, true]);
  });
  test('a machine of AWS costs what is listed for its region, and nothing is known elsewhere', () => {
    expect(usd(machinePrice(aws, 'm7i.large', { on: LATEST_DAY, region: 'us-east-1' }))).toBe(0.1008);
    expect(machinePrice(aws, 'm7i.large', { on: LATEST_DAY, region: 'eu-west-1' })).toMatchObject({ ok: false, error: { code: 'no-price' } });
    expect(machinePrice(aws, 'm7i.large', { on: '2026-07-19', region: 'us-east-1' })).toMatchObject({ ok: false, error: { firstFrom: '2026-07-20' } });
  });
  test.each([
    ['e2-standard-4', 'us-central1', 'on-demand', 0.134023],
    ['n2-standard-8', 'us-central1', 'on-demand', 0.388472],
    ['n2-highmem-128', 'us-central1', 'on-demand', 7.706976],
    ['a2-highgpu-1g', 'europe-west4', 'spot', 1.692835],
    ['c3d-highcpu-30', 'us-central1', 'on-demand', 30 * 0.029563 + 59 * 0.003959],
  ] as const)('%s in %s, %s, costs %d', (type, region, purchase, dollars) => {
    expect(usd(machinePrice(gcp, type, { on: LATEST_DAY, region, purchase }))).toBeCloseTo(dollars, 5);
  });
  test('a custom machine costs its cores and memory at the rates of its series; committed ones cost less, spot less too', () => {
    const price = (purchase: 'on-demand' | 'spot' | '1y' | '3y') => usd(machinePrice(gcp, 'n2-custom-4-8192', { on: LATEST_DAY, region: 'us-central1', purchase }))!;
    expect(price('on-demand')).toBeCloseTo(4 * 0.031611 + 8 * 0.004237, 9);
    expect(price('3y') < price('1y') && price('1y') < price('on-demand') && price('spot') < price('on-demand')).toBe(true);
  });
  test('the books say of which day they are', () => expect([bookDay(aws), bookDay(gcp)]).toEqual(['2026-07-20', '2026-07-30']));
  test('names of machines are read, others are refused', () => {
    expect(gcpShape('c4-highmem-2')).toEqual({ series: 'c4', cores: 2, gib: 15 });
    expect([gcpShape('m7i.large'), gcpShape(''), gcpShape('n2-standard-'), gcpShape('n2-nothing-4')]).toEqual([null, null, null, null]);
    expect([familyOfType('m7i.large'), familyOfType('n2-standard-4'), normalisedUnits('m7i.large'), normalisedUnits('m7i.24xlarge'), normalisedUnits('m7i.metal'), normalisedUnits('n2-standard-4')]).toEqual(['m7i', 'n2', 4, 192, null, null]);
  });
});

describe('tiers', () => {
  const internet = tiersOn(aws, 'egress-internet', LATEST_DAY, 'us-east-1');
  test('traffic to the internet: 100 GB are free, then every gigabyte at its tier', () => {
    expect(tieredMicroUsd(100, internet)).toBe(0);
    expect(tieredMicroUsd(1_100, internet)).toBeCloseTo(90e6, 3);
    expect(tieredMicroUsd(100 + 10_240 + 1, internet)).toBeCloseTo(10_240 * 0.09e6 + 0.085e6, 3);
  });
  test('a month in two parts costs what it costs at once', () => {
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(fc.property(amount, amount, (x, y) => Math.abs(tieredMicroUsd(x, internet) + tieredMicroUsd(y, internet, x) - tieredMicroUsd(x + y, internet)) < 1), SEED);
  });
});

describe('storage under lifecycle rules', () => {
  const named = (name: string): StorageClass => STORAGE_CLASSES.find((each) => each.name === name)!;
  const load: StorageLoad = { gibPerDay: 1, objectsPerGib: 100, deletedAfterDays: null, readShareOf: () => 0 };
  const plain: LifecycleRules = { first: named('s3-standard'), transitions: [] };
  const tiered: LifecycleRules = { first: named('s3-standard'), transitions: [{ afterDays: 30, to: named('s3-standard-ia') }, { afterDays: 90, to: named('s3-glacier') }] };

  test('without rules it is gibibyte-days at the price of the class', () => {
    expect(storageBill(load, plain, 3)).toMatchObject({ kept: Math.round((1 + 2 + 3) * (23_000 / 30)), transitions: 0, retrievals: 0, earlyDeletes: 0, gibByClass: { 's3-standard': 3 } });
  });
  test('an object moves at its age: afterwards it is paid in the other class, and once for the move', () => {
    const { gibByClass, transitions } = storageBill(load, tiered, 100);
    expect(gibByClass).toEqual({ 's3-standard': 30, 's3-standard-ia': 60, 's3-glacier': 10 });
    expect(transitions).toBe(70 * 100 * 10 + 10 * 100 * 30);
  });
  test('deleting before the shortest time is paid as if it had stayed', () => {
    const archive: LifecycleRules = { first: named('s3-glacier'), transitions: [] };
    const kept = storageBill({ ...load, deletedAfterDays: 10 }, archive, 11);
    expect(kept.earlyDeletes).toBe(Math.round((80 * 3_600) / 30));
    expect(kept.gibByClass).toEqual({ 's3-glacier': 10 });
  });
  test('moving on before the shortest time is paid too; reading is paid by the gibibyte', () => {
    const hasty: LifecycleRules = { first: named('s3-standard-ia'), transitions: [{ afterDays: 10, to: named('s3-glacier') }] };
    expect(storageBill(load, hasty, 11).earlyDeletes).toBe(Math.round((20 * 12_500) / 30));
    expect(storageBill({ ...load, readShareOf: (name) => (name === 's3-glacier' ? 0.5 : 0) }, hasty, 12).retrievals).toBe(Math.round((2 + 1) * 0.5 * 10_000));
  });
  test('the parts add up to the total, and nothing is negative', () => {
    const ages = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(ages, ages, fc.option(ages, { nil: null }), fc.integer({ min: 0, max: 800 }), fc.constantFrom(...STORAGE_CLASSES), fc.constantFrom(...STORAGE_CLASSES), (x, y, deletedAfterDays, days, to, then) => {
        const transitions = x === y ? [{ afterDays: x, to }] : [{ afterDays: Math.min(x, y), to }, { afterDays: Math.max(x, y), to: then }];
        const { total, kept, transitions: moves, retrievals, earlyDeletes } = storageBill({ ...load, deletedAfterDays, readShareOf: () => 0.01 }, { first: named('s3-standard'), transitions }, days);
        return total === kept + moves + retrievals + earlyDeletes && [kept, moves, retrievals, earlyDeletes].every((part) => Number.isInteger(part) && part >= 0);
      }),
      SEED,
    );
  });
});
