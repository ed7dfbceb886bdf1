/** Crash-loop back-off: 10 s, doubled after each restart up to 5 minutes, forgotten after 10 good minutes. */
export type BackOff = { readonly delaySeconds: number; readonly lastExitAt: number };

const FIRST_SECONDS = 10;
const LONGEST_SECONDS = 300;
const RESET_SECONDS = 600;

/** The delay after an exit at `now` of a container that ran since `startedAt`. */
export function nextBackOff(previous: BackOff | null, startedAt: number, now: number): BackOff {
  const forgotten = previous === null || now - startedAt >= RESET_SECONDS;
  const delaySeconds = forgotten ? FIRST_SECONDS : Math.min(LONGEST_SECONDS, previous.delaySeconds * 2);
  return { delaySeconds, lastExitAt: now };
}

/** The first start is at once; after a crash the container waits. */
export const mayRestartAt = ({ delaySeconds, lastExitAt }: BackOff) => lastExitAt + delaySeconds;
