/** Every turn as one mark, in time: calm, something found, rehearsed without a winner, a plan. Arrow keys walk along. */
'use client';

import { useRef, type KeyboardEvent } from 'react';
import { classNames } from '@/app/_ui/class-names';
import { formatClock } from '@/app/_ui/time-format';
import type { Decision } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import { secondsAt, toneOf, type TurnTone } from './read-decisions';

type DecisionTapeProps = { readonly decisions: readonly Decision[]; readonly frames: readonly Frame[]; readonly chosen: Decision | null; readonly onChoose: (decision: Decision) => void };

const LOOK: Record<TurnTone, { readonly word: string; readonly look: string }> = {
  calm: { word: 'nothing found', look: 'h-2 bg-line-strong' },
  finding: { word: 'found, waiting', look: 'h-4 bg-risk-2' },
  rehearsed: { word: 'rehearsed, nothing better', look: 'h-5 border-2 border-accent bg-sheet' },
  plan: { word: 'a plan', look: 'h-7 bg-accent' },
};

export function DecisionTape({ decisions, frames, chosen, onChoose }: DecisionTapeProps) {
  const list = useRef<HTMLOListElement>(null);
  const walk = (event: KeyboardEvent, index: number) => {
    const to = event.key === 'ArrowRight' ? index + 1 : event.key === 'ArrowLeft' ? index - 1 : -1;
    const next = decisions[to];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    list.current?.querySelectorAll('button')[to]?.focus();
  };
  return (
    <section aria-label="Decision tape" className="grid gap-1">
      <div className="flex flex-wrap items-center gap-x-4 text-sm text-ink-2">
        <h2 className="text-base font-semibold text-ink">Decision tape</h2>
        {Object.entries(LOOK).map(([tone, { word, look }]) => (
          <span key={tone} className="flex items-center gap-1.5">
            <span aria-hidden className={classNames('inline-block w-2', look)} />
            {word}
          </span>
        ))}
      </div>
      <ol ref={list} className="flex h-10 items-end gap-px border-b border-line-strong">
        {decisions.map((decision, index) => (
          <li key={decision.decisionHash} className="flex h-full min-w-0 flex-1 items-end">
            <button
              type="button"
              aria-current={decision === chosen ? 'true' : undefined}
              aria-label={`Turn at ${formatClock(secondsAt(decision, frames))}: ${decision.chosen?.body.title ?? LOOK[toneOf(decision)].word}`}
              tabIndex={decision === chosen ? 0 : -1}
              onClick={() => onChoose(decision)}
              onKeyDown={(event) => walk(event, index)}
              className={classNames('flex h-full w-full min-w-[3px] items-end hover:bg-well', decision === chosen && 'bg-well outline outline-1 outline-ink')}
            >
              <span className={classNames('block w-full', LOOK[toneOf(decision)].look)} />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
