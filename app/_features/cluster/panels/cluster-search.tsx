/** Search, then go there: what is typed dims the rest of the picture; Enter flies to the first match. */
'use client';

import { formatCount } from '@/app/_lib/format/quantity';
import { FIELD_LOOK } from '@/app/_ui/field';
import type { Matches } from '../filter/match-filter';

type ClusterSearchProps = { readonly text: string; readonly onText: (text: string) => void; readonly issues: readonly string[]; readonly matches: Matches | null; readonly onEnter: () => void };

export function ClusterSearch({ text, onText, issues, matches, onEnter }: ClusterSearchProps) {
  return (
    <form
      role="search"
      className="grid min-w-0 flex-1 gap-0.5 max-md:basis-full"
      onSubmit={(event) => {
        event.preventDefault();
        onEnter();
      }}
    >
      <div className="relative">
        <input
          type="search"
          aria-label="Find nodes and pods"
          aria-describedby="cluster-search-note"
          aria-invalid={issues.length > 0}
          placeholder="checkout zone:a state:pending cpu>80"
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && onText('')}
          className={FIELD_LOOK}
          autoComplete="off"
          spellCheck={false}
        />
        <output aria-label="Matches" className="pointer-events-none absolute top-1.5 right-8 bg-sheet pl-1 text-sm text-ink-2">
          {matches === null ? '' : matchWords(matches)}
        </output>
      </div>
      <p id="cluster-search-note" className="min-h-4 text-xs text-ink-3">
        {issues.length > 0 ? <span className="text-bad">{issues.join(' ')}</span> : 'A name, a label, zone: pool: node: workload: pod: state: cpu> requested> memory> pods>. Minus is not, comma is or; Enter goes to the first.'}
      </p>
    </form>
  );
}

function matchWords({ nodeCount, podCount }: Matches): string {
  if (nodeCount + podCount === 0) return 'nothing found';
  return [nodeCount === 0 ? null : `${formatCount(nodeCount)} ${nodeCount === 1 ? 'node' : 'nodes'}`, podCount === 0 ? null : `${formatCount(podCount)} ${podCount === 1 ? 'pod' : 'pods'}`].filter((part) => part !== null).join(', ');
}
