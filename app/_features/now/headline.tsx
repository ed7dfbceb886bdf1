/** Answer first: the state of the world or the answer to the last question, then the questions that can be asked. */
'use client';

import type { LiveWorldState } from '@/app/_lib/live-world/live-world-state';
import { FIRST_QUESTIONS, type FirstQuestion } from '@/app/_lib/what-if/first-questions';
import { Chip } from '@/app/_ui/chip';
import { Notice } from '@/app/_ui/notice';
import { describeRefusal } from './describe-refusal';
import { AnswerActions, ShareLink } from './answer-actions';

type HeadlineProps = {
  readonly state: LiveWorldState;
  readonly status: string;
  readonly onAsk: (question: FirstQuestion) => void;
  readonly onUndo: () => void;
  readonly comparing: boolean;
  readonly onCompare: () => void;
};

export function Headline({ state, status, onAsk, onUndo, comparing, onCompare }: HeadlineProps) {
  const { answer, asking, phase, steps } = state;
  const sentence = asking !== null ? `Working out: ${asking}, 8 paired runs of 90 s.` : (answer?.whatIf.sentence ?? status);
  return (
    <section aria-label="Answer" className="grid gap-2">
      <p aria-live="polite" data-testid="answer" className="max-w-[110ch] min-h-12 text-lg text-ink md:text-xl">
        {sentence}
      </p>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-2">
        {FIRST_QUESTIONS.map((question) => (
          <Chip key={question.chip} disabled={phase !== 'running' || asking !== null} onClick={() => onAsk(question)}>
            {question.chip}
          </Chip>
        ))}
        <span className="mx-1 hidden h-5 border-l border-line md:block" />
        {steps.length > 0 ? <AnswerActions onUndo={onUndo} comparing={comparing} onCompare={onCompare} /> : <ShareLink />}
        <p className="text-ink-2 lg:ml-auto">This is a simulation. Nothing here can touch a real system.</p>
      </div>
      {answer !== null && answer.refusals.length > 0 ? <Notice tone="warning" what={`${answer.refusals.length} part of this change was refused by the world`} why={answer.refusals.map(describeRefusal).join(' ')} next="Undo it, or ask for less." /> : null}
    </section>
  );
}
