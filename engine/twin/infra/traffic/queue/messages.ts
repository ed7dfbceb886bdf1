/** The table of all messages of a world: slots are used again, a message is a slot and the life that the slot had with it. */
export type Messages = {
  queue: number[];
  enqueuedUs: number[];
  receives: number[];
  life: number[];
  hidden: boolean[];
  free: number[];
};

export const MessageLimit = { slots: 2 ** 21 } as const;

export const messages = (): Messages => ({ queue: [], enqueuedUs: [], receives: [], life: [], hidden: [], free: [] });

export function addMessage(table: Messages, queue: number, nowUs: number): number {
  const slot = table.free.pop() ?? table.queue.length;
  table.queue[slot] = queue;
  table.enqueuedUs[slot] = nowUs;
  table.receives[slot] = 0;
  table.life[slot] = (table.life[slot] ?? 0) + 1;
  table.hidden[slot] = false;
  return slot;
}

export function removeMessage(table: Messages, slot: number): void {
  table.life[slot] = table.life[slot]! + 1;
  table.queue[slot] = -1;
  table.free.push(slot);
}

/** One number for a message, or for one delivery of it: life and slot, or the delivery's number and slot. */
export const tokenOf = (count: number, slot: number) => count * MessageLimit.slots + slot;
export const slotOf = (token: number) => token % MessageLimit.slots;
export const countOf = (token: number) => Math.floor(token / MessageLimit.slots);
