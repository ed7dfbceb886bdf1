/** What the live loop sees and thinks at its last turn, and how well its twin fits. */
'use client';

import { useLiveFeed } from '@/app/_lib/server/live-feed';
import { trpc } from '@/app/_lib/server/trpc';
import { Badge } from '@/app/_ui/badge';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { Progress } from '@/app/_ui/progress';
import { clockTime } from './plan-words';

export function LoopNow() {
  const { decision: streamed } = useLiveFeed();
  const recent = trpc.live.decisions.useQuery();
  const twin = trpc.live.twin.useQuery(undefined, { refetchInterval: 5_000 });
  const decision = streamed ?? recent.data?.at(-1) ?? null;
  const status = twin.data ?? null;
  return (
    <Panel title="The loop" note={decision === null ? 'no turn yet' : `turn at ${clockTime(decision.atUs)}`}>
      <div className="grid gap-3">
        {status === null ? null : status.calibration === null ? (
          <Progress label={status.status === 'fitting' ? 'Fitting a twin of the fleet' : 'Watching the fleet before a twin is fitted'} done={Math.min(status.frames, status.framesNeeded)} total={status.framesNeeded} unit="s" />
        ) : (
          <p>
            Its twin is <strong className="font-medium">{status.calibration.medianError === null ? 'not judged' : `${formatNumber(status.calibration.medianError * 100)} % off`}</strong> (median) on {status.calibration.heldOutSeconds} s it was not fitted on.
          </p>
        )}
        {status?.problem ? <p className="text-ink-2">{status.problem}</p> : null}
        {decision === null ? null : decision.findings.length === 0 ? <p className="text-ink-2">Nothing found.</p> : (
          <ul className="grid gap-1">
            {decision.findings.map((finding) => (
              <li key={`${finding.subject} ${finding.kind}`} className="flex flex-wrap items-baseline gap-2">
                <Badge tone={finding.severity === 'page' ? 'bad' : finding.severity === 'ticket' ? 'watch' : 'neutral'}>{finding.kind}</Badge>
                <span>{finding.subject}</span>
                <span className="text-ink-2">{finding.detail}</span>
              </li>
            ))}
          </ul>
        )}
        {decision?.because ? <p className="text-ink-2">No plan: {decision.because}.</p> : null}
        {decision === null ? null : <code className="text-xs text-ink-3">{decision.decisionHash}</code>}
      </div>
    </Panel>
  );
}
