/** The textbook on a scale-out: a fluid queue grows at λ − μ until the second replica answers, then drains at 2 μ − λ. It is told when that is. */
import type { ScaleOutScenario } from '../../service';

export type JoinedReplica = { readonly decidedS: number; readonly firstAnswerS: number; readonly capacityRps: number };

export function predictScaleOut({ profile, scaleAtS }: ScaleOutScenario, joined: JoinedReplica | undefined): Map<string, number> {
  if (joined === undefined || scaleAtS.length !== 1) return new Map();
  const { decidedS, firstAnswerS, capacityRps } = joined;
  const [, rps] = profile[0]!;
  const backlog = Math.max(0, (rps - capacityRps) * firstAnswerS);
  const values = new Map([['r2 drained', firstAnswerS - decidedS + backlog / Math.max(1e-9, 2 * capacityRps - rps)]]);
  values.set('before throughputRps', Math.min(rps, capacityRps));
  values.set('after throughputRps', Math.min(rps, 2 * capacityRps));
  return values;
}
