/** The supervisor of the host laboratory: waits, longer each time by `factor` up to `maxS`, at most `maxTries` times. */
export type RestartRule = { readonly delayS: number; readonly factor?: number; readonly maxS?: number; readonly maxTries?: number };

const TRIES_MAX = 50;
const DELAY_S_MAX = 300;

/** Seconds before try number `tries` (from 1); undefined when that is one too many. */
export function restartDelayS(rule: RestartRule, tries: number): number | undefined {
  if (tries > (rule.maxTries ?? TRIES_MAX)) return undefined;
  const most = rule.maxS ?? DELAY_S_MAX;
  let delay = rule.delayS;
  for (let i = 1; i < tries && delay < most; i += 1) delay *= rule.factor ?? 1;
  return Math.min(most, delay);
}
