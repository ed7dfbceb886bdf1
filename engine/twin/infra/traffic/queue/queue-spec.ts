/**
 * A message queue between services: who publishes does not wait for who consumes. A message that a consumer has taken is
 * hidden for the visibility time-out; if it was not done with by then it is delivered again, and after `receivesMax`
 * deliveries it goes to the dead letters (the rules of Amazon SQS, which RabbitMQ and others share with other words).
 */
import { quantileSketch, type QuantileSketch } from '@/engine/kernel';
import { member, onlyKeys, optional, readNumber, readText, type SpecReader } from '../../../spec-reader';

export type QueueSpec = {
  readonly name: string;
  readonly consumer: string;
  /** Messages that one replica of the consumer works on at once; of a function: all of it together. */
  readonly concurrency: number;
  /** Default 30 s, as SQS has it. */
  readonly visibilitySeconds?: number;
  /** Deliveries before a message is a dead letter; default: no end. */
  readonly receivesMax?: number;
  /** Messages it holds; a further one is refused, and its publisher fails. Default 200 000. */
  readonly limit?: number;
  /** Older messages are dropped, and counted. Default 4 days, as SQS has it. */
  readonly retentionSeconds?: number;
};

/** Sent once the service has done the rest of its work, before it answers. */
export type PublishSpec = { readonly queue: string; readonly perRequest: number };

export type QueueCounts = { published: number; refused: number; delivered: number; redelivered: number; done: number; deadLetters: number; expired: number };

export type MessageQueue = {
  readonly name: string;
  readonly consumer: number;
  readonly concurrency: number;
  readonly visibilityUs: number;
  readonly receivesMax: number;
  readonly limit: number;
  readonly retentionUs: number;
  /** Messages that wait, oldest first from `head` on; an entry is stale when its message is gone. */
  waiting: number[];
  head: number;
  depth: number;
  inFlight: number;
  /** Messages at work, by replica of the consumer; −1 for a function. */
  readonly busy: Map<number, number>;
  deliveryPlanned: boolean;
  readonly window: QueueCounts;
  readonly total: QueueCounts;
  /** From publishing until done, in µs. */
  readonly doneAfter: QuantileSketch;
};

export type Publish = { readonly queue: number; readonly whole: number; readonly fraction: number };

const LIMIT_MAX = 200_000;
const DEFAULT = { visibilitySeconds: 30, retentionSeconds: 345_600 };

export function readQueue(at: SpecReader): QueueSpec {
  onlyKeys(at, ['name', 'consumer', 'concurrency', 'visibilitySeconds', 'receivesMax', 'limit', 'retentionSeconds']);
  return {
    name: readText(member(at, 'name')),
    consumer: readText(member(at, 'consumer')),
    concurrency: readNumber(member(at, 'concurrency'), { min: 1, max: 10_000, integer: true }),
    visibilitySeconds: optional(at, 'visibilitySeconds', (m) => readNumber(m, { min: 0.001, max: 43_200 })),
    receivesMax: optional(at, 'receivesMax', (m) => readNumber(m, { min: 1, max: 1_000, integer: true })),
    limit: optional(at, 'limit', (m) => readNumber(m, { min: 1, max: LIMIT_MAX, integer: true })),
    retentionSeconds: optional(at, 'retentionSeconds', (m) => readNumber(m, { min: 1, max: 1_209_600 })),
  };
}

export function readPublish(at: SpecReader): PublishSpec {
  onlyKeys(at, ['queue', 'perRequest']);
  return { queue: readText(member(at, 'queue')), perRequest: readNumber(member(at, 'perRequest'), { min: 0, max: 1_000 }) };
}

export function messageQueue(spec: QueueSpec, consumer: number): MessageQueue {
  return {
    name: spec.name,
    consumer,
    concurrency: spec.concurrency,
    visibilityUs: Math.round((spec.visibilitySeconds ?? DEFAULT.visibilitySeconds) * 1e6),
    receivesMax: spec.receivesMax ?? Infinity,
    limit: spec.limit ?? LIMIT_MAX,
    retentionUs: Math.round((spec.retentionSeconds ?? DEFAULT.retentionSeconds) * 1e6),
    waiting: [],
    head: 0,
    depth: 0,
    inFlight: 0,
    busy: new Map(),
    deliveryPlanned: false,
    window: queueCounts(),
    total: queueCounts(),
    doneAfter: quantileSketch(),
  };
}

const queueCounts = (): QueueCounts => ({ published: 0, refused: 0, delivered: 0, redelivered: 0, done: 0, deadLetters: 0, expired: 0 });

export function countMessage({ window, total }: MessageQueue, what: keyof QueueCounts): void {
  window[what] += 1;
  total[what] += 1;
}
