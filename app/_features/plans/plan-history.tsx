/** Every move of the plan as the audit log holds it. */
import { Panel } from '@/app/_ui/panel';
import { clockTime, type PlanDetail } from './plan-words';

export function PlanHistory({ detail: { history } }: { readonly detail: PlanDetail }) {
  return (
    <Panel title="History" note="from the audit log">
      <ol className="grid gap-1">
        {history.map((leaf) => (
          <li key={leaf.hash} className="grid grid-cols-[72px_minmax(0,1fr)_auto] gap-3">
            <span className="text-ink-3">{clockTime(leaf.atUs)}</span>
            <span className="min-w-0 truncate">
              {leaf.kind} <span className="text-ink-2">{describe(leaf.detail)}</span> by {leaf.actor}
            </span>
            <code className="text-xs text-ink-3" title={leaf.hash}>{leaf.hash.slice(0, 8)}</code>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function describe(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null) return '';
  if ('from' in detail && 'to' in detail) return `${String(detail.from)} → ${String(detail.to)}`;
  if ('step' in detail) return `step ${Number(detail.step) + 1}${'result' in detail ? ` ${String(detail.result)}` : ''}`;
  return '';
}
