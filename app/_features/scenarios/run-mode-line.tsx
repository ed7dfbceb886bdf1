/** How the run was made: every request, or flows; why, and what flows left out. */
import { Badge } from '@/app/_ui/badge';
import type { RunMode } from '@/engine/scenario';

export function RunModeLine({ mode }: { readonly mode: RunMode }) {
  const isFlow = mode.mode === 'flow';
  return (
    <p data-testid="run-mode" className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm text-ink-2">
      <Badge tone={isFlow ? 'watch' : 'neutral'}>{isFlow ? 'Flow mode' : 'Exact mode'}</Badge>
      <span>
        {isFlow ? 'Requests as flows' : 'Every request was simulated'}: {mode.why}.{mode.leftOut.length === 0 ? '' : ` Left out: ${mode.leftOut.join('; ')}.`}
      </span>
    </p>
  );
}
