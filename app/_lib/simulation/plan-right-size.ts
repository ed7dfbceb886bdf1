/** What right-sizing would play, worked out in a worker: the scheduler places whole clusters for it. */
'use client';

import type { Result } from '@/engine/kernel';
import type { RightSizeQuestion, RightSizeVariant } from '@/engine/scenario';
import type { SpecIssue } from '@/engine/twin';
import { withSimulation } from './with-simulation';

type RightSizeAnswer = Result<readonly RightSizeVariant[], readonly SpecIssue[]>;

/** Rejects with words when the scenario is refused, or with the abort. */
export async function planRightSize(question: RightSizeQuestion, signal: AbortSignal): Promise<readonly RightSizeVariant[]> {
  const planned = await withSimulation(signal, (api, first) => first<RightSizeAnswer>(api.rightSize(question)));
  if (!planned.ok) throw new Error(planned.error.map((issue) => `${issue.path} ${issue.message}`).join('; '));
  return planned.value;
}
