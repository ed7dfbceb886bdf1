/** Answer first: the state of the world or the answer to the last question, then the questions that can be asked. */
'use client';

import { HORIZON_SECONDS, PAIRED_RUNS, type LiveWorldState } from '@/app/_lib/live-world/live-world-state';
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
  const sentence = asking !== null ? `Working out: ${asking}, ${PAIRED_RUNS} paired runs of ${HORIZON_SECONDS} s.` : (answer?.whatIf.sentence ?? status);
  return (
    <section aria-label="Answer" className="grid gap-2">
      <p data-testid="answer" aria-live={asking === null && answer === null ? 'off' : 'polite'} className="max-w-[120ch] text-lg text-ink md:min-h-12 md:text-xl">
        {sentence}
      </p>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-2">
        <p className="mr-2 text-ink-2">This is a simulation. Nothing here can touch a real system.</p>
        {FIRST_QUESTIONS.map((question) => (
          <Chip key={question.chip} disabled={phase !== 'running' || asking !== null} onClick={() => onAsk(question)}>
            {question.chip}
          </Chip>
        ))}
        <span className="mx-1 hidden h-5 border-l border-line md:block" />
        {steps.length > 0 ? <AnswerActions onUndo={onUndo} comparing={comparing} onCompare={onCompare} /> : <ShareLink />}
      </div>
      {answer !== null && answer.refusals.length > 0 ? <Notice tone="warning" what={`${answer.refusals.length} part of this change was refused by the world`} why={answer.refusals.map(describeRefusal).join(' ')} next="Undo it, or ask for less." /> : null}
    </section>
  );
}
