/** Messages on their way: published, taken by a consumer with room, done, delivered again, given up. */
import { addValue, schedule, timeUs, type TimeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';
import { startTask } from '../../request';
import { addMessage, countOf, removeMessage, slotOf, tokenOf } from './messages';
import { countMessage, type MessageQueue } from './queue-spec';

/** False when the queue is full. */
export function publish(world: World, index: number): boolean {
  const { queues, messages } = world.infra;
  const queue = queues[index]!;
  if (queue.depth + queue.inFlight >= queue.limit) {
    countMessage(queue, 'refused');
    return false;
  }
  const slot = addMessage(messages, index, world.nowUs);
  countMessage(queue, 'published');
  show(world, index, slot);
  return true;
}

/** Something may be delivered now: looked at once, as an event of its own at this instant. */
export function planDelivery(world: World, index: number): void {
  const queue = world.infra.queues[index]!;
  if (queue.deliveryPlanned || queue.depth === 0) return;
  queue.deliveryPlanned = true;
  schedule(world.queue, world.nowUs, EventKind.deliver, index);
}

/** Gives waiting messages to consumers until nothing waits or nobody has room. */
export function deliver(world: World, index: number): void {
  const { queues, messages } = world.infra;
  const queue = queues[index]!;
  queue.deliveryPlanned = false;
  for (let replica = consumerWithRoom(world, queue); replica !== null; replica = consumerWithRoom(world, queue)) {
    const slot = takeOldest(world, queue);
    if (slot === null) return;
    messages.hidden[slot] = true;
    messages.receives[slot] = messages.receives[slot]! + 1;
    queue.inFlight += 1;
    queue.busy.set(replica, (queue.busy.get(replica) ?? 0) + 1);
    countMessage(queue, messages.receives[slot] === 1 ? 'delivered' : 'redelivered');
    schedule(world.queue, timeUs(world.nowUs + queue.visibilityUs), EventKind.visibilityEnds, slot, deliveryOf(messages.life[slot]!, messages.receives[slot]));
    startTask(world, queue.consumer, replica, { queue: index, slot, life: messages.life[slot]! });
  }
}

/** A consumer is done with a message, well or not. What failed stays hidden until its visibility time-out. */
export function messageHandled(world: World, slot: number, life: number, replica: number, queueIndex: number, well: boolean): void {
  const { queues, messages } = world.infra;
  const queue = queues[queueIndex]!;
  queue.busy.set(replica, Math.max(0, (queue.busy.get(replica) ?? 1) - 1));
  if (well && messages.life[slot] === life) {
    if (messages.hidden[slot]!) queue.inFlight -= 1;
    else queue.depth -= 1; // delivered again already, but not yet taken: deleting it ends that too
    addValue(queue.doneAfter, world.nowUs - messages.enqueuedUs[slot]!);
    countMessage(queue, 'done');
    removeMessage(messages, slot);
  }
  planDelivery(world, queueIndex);
}

/** The delivery was not done with in time: the message is shown again, or is a dead letter. */
export function visibilityEnds(world: World, slot: number, delivery: number): void {
  const { queues, messages } = world.infra;
  const receives = messages.receives[slot]!;
  if (!messages.hidden[slot]! || delivery !== deliveryOf(messages.life[slot]!, receives)) return;
  const index = messages.queue[slot]!;
  const queue = queues[index]!;
  queue.inFlight -= 1;
  if (receives >= queue.receivesMax) {
    countMessage(queue, 'deadLetters');
    return removeMessage(messages, slot);
  }
  messages.hidden[slot] = false;
  show(world, index, slot);
}

/** Tells one delivery of one message from every other. */
const deliveryOf = (life: number, receives: number) => life * 1_024 + (receives % 1_024);

function show(world: World, index: number, slot: number): void {
  const queue = world.infra.queues[index]!;
  queue.waiting.push(tokenOf(world.infra.messages.life[slot]!, slot));
  queue.depth += 1;
  planDelivery(world, index);
}

/** The oldest message that waits and is not too old; those that are too old are dropped on the way. */
function takeOldest({ infra: { messages }, nowUs }: World, queue: MessageQueue): number | null {
  while (queue.head < queue.waiting.length) {
    const token = queue.waiting[queue.head]!;
    queue.head += 1;
    if (queue.head > 1_024 && queue.head * 2 > queue.waiting.length) {
      queue.waiting = queue.waiting.slice(queue.head);
      queue.head = 0;
    }
    const slot = slotOf(token);
    if (messages.life[slot] !== countOf(token) || messages.hidden[slot]!) continue;
    queue.depth -= 1;
    if (nowUs - messages.enqueuedUs[slot]! <= queue.retentionUs) return slot;
    countMessage(queue, 'expired');
    removeMessage(messages, slot);
  }
  return null;
}

/** The ready replica with the fewest messages and room for one more; −1 for a function with room, null for nobody. */
function consumerWithRoom({ infra }: World, queue: MessageQueue): number | null {
  if (queue.depth === 0) return null;
  const service = infra.services[queue.consumer]!;
  if (service.function !== null || service.external !== null) return (queue.busy.get(-1) ?? 0) < queue.concurrency ? -1 : null;
  let best: number | null = null;
  let least = queue.concurrency;
  for (const replica of service.replicas) {
    if (infra.replicas[replica]!.phase !== 'ready') continue;
    const busy = queue.busy.get(replica) ?? 0;
    if (busy < least) [best, least] = [replica, busy];
  }
  return best;
}

/** Age of the oldest message that is not done with; 0 for an empty queue. */
export function oldestUs({ infra: { messages }, nowUs }: World, index: number): number {
  let oldest: number = nowUs;
  for (let slot = 0; slot < messages.queue.length; slot += 1) if (messages.queue[slot] === index) oldest = Math.min(oldest, messages.enqueuedUs[slot]!);
  return (nowUs as TimeUs) - oldest;
}
