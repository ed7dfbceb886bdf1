/** One plan: what would run, on what, with which promise; the decision; then the measured line in the promised band. */
'use client';

import Link from 'next/link';
import { useLiveFeed } from '@/app/_lib/server/live-feed';
import { serverWords, trpc } from '@/app/_lib/server/trpc';
import { useConnectorMode } from '@/app/_lib/server/use-connector-mode';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Badge } from '@/app/_ui/badge';
import { GuardedChoice } from '@/app/_ui/guarded-choice';
import { Notice } from '@/app/_ui/notice';
import { PlanActions } from './plan-actions';
import { PlanHistory } from './plan-history';
import { PlanNote } from './plan-note';
import { PlanSteps } from './plan-steps';
import { PromiseChart } from './promise-chart';
import { PromiseTable } from './promise-table';
import { RejectedCandidates } from './rejected-candidates';
import { clockTime, STATE_WORDS } from './plan-words';

export function PlanPage({ id }: { readonly id: string }) {
  const plan = trpc.plans.get.useQuery({ id });
  const { frames } = useLiveFeed();
  const connector = plan.data?.connector ?? 'fleet';
  const choice = useConnectorMode(connector);
  const mode = choice.value;
  useWorkMode(mode === 'live' ? 'live' : 'dry-run', connector);
  if (plan.error !== null) {
    return (
      <div className="px-3 py-3 md:px-6">
        <Notice tone="error" what="This plan could not be read" why={serverWords(plan.error)} next={<Link href="/plans">Back to the inbox</Link>} />
      </div>
    );
  }
  if (plan.data === undefined) return <p className="px-3 py-3 text-ink-2 md:px-6">Reading the plan.</p>;
  const detail = plan.data;
  const { tone, says } = STATE_WORDS[detail.state];
  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <header className="grid gap-2">
        <p className="text-sm text-ink-2">
          <Link href="/plans" className="underline underline-offset-2">Plans</Link>
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-xl font-medium">{detail.title}</h1>
          <span role="status" aria-label="State of the plan" data-testid="plan-state">
            <Badge tone={tone}>{detail.state}</Badge>
          </span>
          <span className="text-ink-2">{says}</span>
        </div>
        <p className="max-w-3xl text-ink-2">{detail.body.why}</p>
        <p className="text-sm text-ink-3">
          By {detail.author}, {clockTime(detail.createdAtUs)}, expires {clockTime(detail.expiresAtUs)}. Plan <code title={detail.planId}>{detail.planId.slice(0, 16)}…</code>
        </p>
      </header>
      <PlanNote detail={detail} />
      <div className="flex flex-wrap items-start gap-x-8 gap-y-3 border-y border-line py-3">
        <PlanActions detail={detail} mode={mode} />
        <div className="ml-auto grid gap-1">
          <p className="text-sm text-ink-2">What {connector} lets through</p>
          <GuardedChoice {...choice} />
        </div>
      </div>
      <PromiseChart detail={detail} frames={frames} />
      <div className="grid gap-x-6 gap-y-4 xl:grid-cols-[2fr_3fr]">
        <PlanSteps detail={detail} />
        <PromiseTable detail={detail} />
      </div>
      <RejectedCandidates detail={detail} />
      <PlanHistory detail={detail} />
    </div>
  );
}
