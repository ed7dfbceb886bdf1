/**
 * A serverless function: instances start when requests come, take so many at once, and go when they were idle for long.
 * Defaults are AWS Lambda's (one request per instance; since November 2023 each function may start 1 000 instances every
 * 10 s; an account runs 1 000 at once); idle instances live some minutes, which no provider promises.
 */
import { randomStream, type Random, type Variate } from '@/engine/kernel';
import { member, onlyKeys, optional, readNumber, type SpecReader } from '../../../spec-reader';
import { readDuration, variateUs, type DurationSpec } from '../../../duration';

export type ServerlessSpec = {
  readonly coldStart: DurationSpec;
  /** Requests that one instance works on at once. */
  readonly concurrency?: number;
  /** Cores of one instance, shared by what it works on. */
  readonly vcpus?: number;
  readonly keepAliveSeconds?: number;
  /** Reserved concurrency: instances at most; further requests are refused. */
  readonly instancesMax?: number;
  /** Instances that are always warm. */
  readonly provisioned?: number;
  /** Instances that may start at once, and how long until as many may start again. */
  readonly burst?: { readonly instances: number; readonly everySeconds: number };
  readonly usdPerGibSecond?: number;
  readonly usdPerMillionRequests?: number;
};

export type FunctionPool = {
  readonly coldStart: Variate;
  readonly concurrency: number;
  readonly vcpus: number;
  readonly keepAliveUs: number;
  readonly instancesMax: number;
  readonly provisioned: number;
  readonly burst: number;
  readonly burstPerUs: number;
  readonly microUsdPerInstanceUs: number;
  readonly microUsdPerRequest: number;
  /** Living instances, by index into the world's table. */
  readonly instances: number[];
  tokens: number;
  tokensAtUs: number;
  random: Random;
  coldStarts: number;
  throttled: number;
  busyUs: number;
};

export type Instance = {
  readonly service: number;
  phase: 'starting' | 'ready' | 'gone';
  /** Requests it has taken and not yet answered; of those, on a processor, and not yet begun. */
  assigned: number;
  running: number[];
  pending: number[];
  /** CPU time that each running request has had since the instance began (processor sharing). */
  workUs: number;
  progressedUs: number;
  version: number;
  lastUsedUs: number;
  busySinceUs: number;
};

const DEFAULT = { concurrency: 1, vcpus: 1, keepAliveSeconds: 600, instancesMax: 1_000, burst: { instances: 1_000, everySeconds: 10 } };

export function readServerless(at: SpecReader): ServerlessSpec {
  onlyKeys(at, ['coldStart', 'concurrency', 'vcpus', 'keepAliveSeconds', 'instancesMax', 'provisioned', 'burst', 'usdPerGibSecond', 'usdPerMillionRequests']);
  return {
    coldStart: readDuration(member(at, 'coldStart')),
    concurrency: optional(at, 'concurrency', (m) => readNumber(m, { min: 1, max: 1_000, integer: true })),
    vcpus: optional(at, 'vcpus', (m) => readNumber(m, { min: 0.05, max: 64 })),
    keepAliveSeconds: optional(at, 'keepAliveSeconds', (m) => readNumber(m, { min: 0, max: 86_400 })),
    instancesMax: optional(at, 'instancesMax', (m) => readNumber(m, { min: 1, max: 100_000, integer: true })),
    provisioned: optional(at, 'provisioned', (m) => readNumber(m, { min: 0, max: 10_000, integer: true })),
    burst: optional(at, 'burst', (m) => {
      onlyKeys(m, ['instances', 'everySeconds']);
      return { instances: readNumber(member(m, 'instances'), { min: 1, max: 100_000, integer: true }), everySeconds: readNumber(member(m, 'everySeconds'), { min: 0.001, max: 86_400 }) };
    }),
    usdPerGibSecond: optional(at, 'usdPerGibSecond', (m) => readNumber(m, { min: 0, max: 1_000 })),
    usdPerMillionRequests: optional(at, 'usdPerMillionRequests', (m) => readNumber(m, { min: 0, max: 1_000_000 })),
  };
}

export function functionPool(spec: ServerlessSpec, memoryMib: number, seed: number, name: string): FunctionPool {
  const burst = spec.burst ?? DEFAULT.burst;
  return {
    coldStart: variateUs(spec.coldStart),
    concurrency: spec.concurrency ?? DEFAULT.concurrency,
    vcpus: spec.vcpus ?? DEFAULT.vcpus,
    keepAliveUs: Math.round((spec.keepAliveSeconds ?? DEFAULT.keepAliveSeconds) * 1e6),
    instancesMax: spec.instancesMax ?? DEFAULT.instancesMax,
    provisioned: spec.provisioned ?? 0,
    burst: burst.instances,
    burstPerUs: burst.instances / (burst.everySeconds * 1e6),
    microUsdPerInstanceUs: ((spec.usdPerGibSecond ?? 0) * memoryMib) / 1_024,
    microUsdPerRequest: spec.usdPerMillionRequests ?? 0,
    instances: [],
    tokens: burst.instances,
    tokensAtUs: 0,
    random: randomStream(seed, `cold-start/${name}`),
    coldStarts: 0,
    throttled: 0,
    busyUs: 0,
  };
}

/** One more instance may start now; the right to it is used up. */
export function mayStart(pool: FunctionPool, nowUs: number): boolean {
  if (pool.instances.length >= pool.instancesMax) return false;
  pool.tokens = Math.min(pool.burst, pool.tokens + (nowUs - pool.tokensAtUs) * pool.burstPerUs);
  pool.tokensAtUs = nowUs;
  if (pool.tokens < 1) return false;
  pool.tokens -= 1;
  return true;
}
