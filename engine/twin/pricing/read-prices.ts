/** Reads what somebody wrote about prices, and checks that its parts fit each other. */
import { has, member, note, onlyKeys, optional, readChoice, readFlag, readList, readNumber, readText, type SpecReader } from '../spec-reader';
import { COMMITMENT_KINDS, IDLE_SHARING, PRICE_BOOK_NAMES, TRANSFER_WAYS, type BalancerSpec, type BilledVolumeSpec, type CommitmentKind, type CommitmentSpec, type FeeSpec, type PricesSpec, type TransferSpec } from './prices-spec';

const usd = { min: 0, max: 1e9 };
const PRICES_KEYS = ['book', 'region', 'on', 'commitments', 'sustainedUse', 'volumes', 'loadBalancers', 'transfers', 'fees', 'idle', 'shared', 'budget'];
/** What each kind of commitment is made of. */
const NEEDS: Readonly<Record<CommitmentKind, readonly string[]>> = {
  'zonal-reservation': ['instanceType', 'count', 'zone'],
  'regional-reservation': ['instanceType', 'count'],
  'resource-commitment': ['cores', 'memoryGib'],
  'instance-savings-plan': ['usdPerHour', 'family'],
  'compute-savings-plan': ['usdPerHour'],
  'spend-commitment': ['usdPerHour'],
};

export function readPrices(at: SpecReader): PricesSpec {
  onlyKeys(at, PRICES_KEYS);
  return {
    book: optional(at, 'book', (m) => readChoice(m, PRICE_BOOK_NAMES)),
    region: optional(at, 'region', readText),
    on: optional(at, 'on', readDay),
    commitments: optional(at, 'commitments', (m) => readList(m, readCommitment, { max: 1_000 })),
    sustainedUse: optional(at, 'sustainedUse', readFlag),
    volumes: optional(at, 'volumes', (m) => readList(m, readVolume, { max: 20_000 })),
    loadBalancers: optional(at, 'loadBalancers', (m) => readList(m, readBalancer, { max: 1_000 })),
    transfers: optional(at, 'transfers', (m) => readList(m, readTransfer, { max: 1_000 })),
    fees: optional(at, 'fees', (m) => readList(m, readFee, { max: 1_000 })),
    idle: optional(at, 'idle', (m) => {
      onlyKeys(m, ['sharing', 'scope']);
      return { sharing: readChoice(member(m, 'sharing'), IDLE_SHARING), scope: optional(m, 'scope', (scope) => readChoice(scope, ['node', 'cluster'])) };
    }),
    shared: optional(at, 'shared', (m) => {
      onlyKeys(m, ['namespaces', 'sharing']);
      return { namespaces: optional(m, 'namespaces', (list) => readList(list, (name) => readText(name), { max: 1_000 })), sharing: readChoice(member(m, 'sharing'), ['by-cost', 'evenly']) };
    }),
    budget: optional(at, 'budget', (m) => {
      onlyKeys(m, ['usdPerHourMax']);
      return { usdPerHourMax: readNumber(member(m, 'usdPerHourMax'), usd) };
    }),
  };
}

/** A day of the calendar as YYYY-MM-DD. */
export function readDay(at: SpecReader): string {
  const text = readText(at, 10);
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const [year, month, day] = parts === null ? [0, 0, 0] : parts.slice(1).map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  if (text !== '' && (day < 1 || day > days)) note(at, 'not-parsable', `"${text}" is not a day`, 'write it as 2026-07-20');
  return text;
}

export function readCommitment(at: SpecReader): CommitmentSpec {
  onlyKeys(at, ['name', 'kind', 'discount', 'instanceType', 'count', 'zone', 'family', 'usdPerHour', 'cores', 'memoryGib', 'upfrontUsd', 'termYears']);
  const kind = readChoice(member(at, 'kind'), COMMITMENT_KINDS);
  for (const key of NEEDS[kind]) if (!has(at, key)) note(member(at, key), 'missing', `a ${kind} needs ${key}`, `write ${NEEDS[kind].join(', ')}`);
  const amount = (key: string, max: number) => optional(at, key, (m) => readNumber(m, { min: 0, max }));
  return {
    name: readText(member(at, 'name')),
    kind,
    discount: readNumber(member(at, 'discount'), { min: 0, max: 0.99 }),
    instanceType: optional(at, 'instanceType', readText),
    count: optional(at, 'count', (m) => readNumber(m, { min: 0, max: 100_000, integer: true })),
    zone: optional(at, 'zone', readText),
    family: optional(at, 'family', readText),
    usdPerHour: amount('usdPerHour', usd.max),
    cores: amount('cores', 1e7),
    memoryGib: amount('memoryGib', 1e8),
    upfrontUsd: amount('upfrontUsd', 1e10),
    termYears: optional(at, 'termYears', (m) => readChoice(m, [1, 3])),
  };
}

function readVolume(at: SpecReader): BilledVolumeSpec {
  onlyKeys(at, ['name', 'gib', 'storageClass', 'usdPerGibMonth', 'media', 'services']);
  return {
    name: readText(member(at, 'name')),
    gib: readNumber(member(at, 'gib'), { min: 0, max: 1e9 }),
    storageClass: optional(at, 'storageClass', readText),
    usdPerGibMonth: optional(at, 'usdPerGibMonth', (m) => readNumber(m, { min: 0, max: 1_000 })),
    media: optional(at, 'media', (m) => readChoice(m, ['ssd', 'hdd'])),
    services: optional(at, 'services', (m) => readList(m, (name) => readText(name), { max: 1_000 })),
  };
}

function readBalancer(at: SpecReader): BalancerSpec {
  onlyKeys(at, ['name', 'usdPerHour', 'services']);
  return { name: readText(member(at, 'name')), usdPerHour: optional(at, 'usdPerHour', (m) => readNumber(m, usd)), services: readList(member(at, 'services'), (name) => readText(name), { max: 1_000 }) };
}

function readTransfer(at: SpecReader): TransferSpec {
  onlyKeys(at, ['service', 'kibPerRequest', 'to']);
  return { service: readText(member(at, 'service')), kibPerRequest: readNumber(member(at, 'kibPerRequest'), { min: 0, max: 1e9 }), to: readChoice(member(at, 'to'), TRANSFER_WAYS) };
}

function readFee(at: SpecReader): FeeSpec {
  onlyKeys(at, ['name', 'usdPerHour']);
  return { name: readText(member(at, 'name')), usdPerHour: readNumber(member(at, 'usdPerHour'), usd) };
}
