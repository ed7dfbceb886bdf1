/**
 * mq-deadline (block/mq-deadline.c): requests go in the order of their sectors in batches of 16, reads before writes, but a
 * write that reads have passed over twice, or a request older than its deadline (0.5 s read, 5 s write), goes first.
 */
import type { Direction } from './block-device';

export type QueuedRequest = { readonly id: number; readonly direction: Direction; readonly sector: number; readonly bytes: number; readonly queuedUs: number };

export const DEADLINE = { readExpireUs: 500_000, writeExpireUs: 5_000_000, writesStarved: 2, fifoBatch: 16 } as const;

export type DeadlineScheduler = { reads: QueuedRequest[]; writes: QueuedRequest[]; batch: Direction | null; batchLeft: number; nextSector: number; starved: number };

export const deadlineScheduler = (): DeadlineScheduler => ({ reads: [], writes: [], batch: null, batchLeft: 0, nextSector: 0, starved: 0 });

export function enqueueRequest(scheduler: DeadlineScheduler, request: QueuedRequest): void {
  (request.direction === 'read' ? scheduler.reads : scheduler.writes).push(request);
}

/** Takes out the request that goes next, or null. Queues stand in order of arrival. */
export function nextRequest(scheduler: DeadlineScheduler, nowUs: number): QueuedRequest | null {
  const queueOf = (direction: Direction) => (direction === 'read' ? scheduler.reads : scheduler.writes);
  if (scheduler.batch !== null && scheduler.batchLeft > 0) {
    const following = fromSector(queueOf(scheduler.batch), scheduler.nextSector);
    if (following !== null) return take(scheduler, queueOf(scheduler.batch), following);
  }
  const direction = chooseDirection(scheduler);
  if (direction === null) return null;
  const queue = queueOf(direction);
  const expireUs = direction === 'read' ? DEADLINE.readExpireUs : DEADLINE.writeExpireUs;
  const oldest = queue[0]!;
  const expired = nowUs - oldest.queuedUs >= expireUs;
  const continues = scheduler.batch === direction ? fromSector(queue, scheduler.nextSector) : null;
  scheduler.batch = direction;
  scheduler.batchLeft = DEADLINE.fifoBatch;
  return take(scheduler, queue, expired || continues === null ? oldest : continues);
}

function chooseDirection(scheduler: DeadlineScheduler): Direction | null {
  const { reads, writes } = scheduler;
  if (reads.length === 0 && writes.length === 0) return null;
  if (reads.length > 0 && (writes.length === 0 || scheduler.starved < DEADLINE.writesStarved)) {
    if (writes.length > 0) scheduler.starved += 1;
    return 'read';
  }
  scheduler.starved = 0;
  return 'write';
}

/** The queued request at or after a sector that is nearest to it. */
function fromSector(queue: readonly QueuedRequest[], sector: number): QueuedRequest | null {
  let best: QueuedRequest | null = null;
  for (const request of queue) if (request.sector >= sector && (best === null || request.sector < best.sector)) best = request;
  return best;
}

const SECTOR_BYTES = 512;

function take(scheduler: DeadlineScheduler, queue: QueuedRequest[], request: QueuedRequest): QueuedRequest {
  queue.splice(queue.indexOf(request), 1);
  scheduler.batchLeft -= 1;
  scheduler.nextSector = request.sector + Math.ceil(request.bytes / SECTOR_BYTES);
  return request;
}
