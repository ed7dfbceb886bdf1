/** Exactly what will run, who is hit, what repeating it does, what takes it back; and what became of each step. */
import { Badge } from '@/app/_ui/badge';
import { Panel } from '@/app/_ui/panel';
import { clockTime, commandWords, EFFECT_WORDS, type PlanDetail } from './plan-words';

export function PlanSteps({ detail }: { readonly detail: PlanDetail }) {
  const attempts = detail.executions.flatMap((execution) => execution.attempts.map((attempt) => ({ ...attempt, direction: execution.direction, mode: execution.mode })));
  return (
    <Panel title="Steps" note={`${detail.body.steps.length} on ${detail.body.target.name}`}>
      <ol className="grid gap-3">
        {detail.body.steps.map((step) => (
          <li key={step.index} className="grid gap-1 border-l-2 border-line-strong pl-3">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{step.index + 1}. {commandWords(step.command)}</span>
              <Badge title={EFFECT_WORDS[step.effectClass]}>class {step.effectClass}</Badge>
            </p>
            <p className="text-ink-2">
              {EFFECT_WORDS[step.effectClass]}. Touches {step.blastRadius.replicas} {step.blastRadius.replicas === 1 ? 'replica' : 'replicas'}{step.blastRadius.services.length === 0 ? '' : ` of ${step.blastRadius.services.join(', ')}`}.
            </p>
            <p className="text-ink-2">Only if <code>{step.precondition.object}</code> is still version <code>{step.precondition.version}</code>. {step.inverse === null ? 'It cannot be undone.' : `Undo: ${commandWords(step.inverse)}.`}</p>
            {attempts.filter((attempt) => attempt.step === step.index).map((attempt) => (
              <p key={`${attempt.direction}-${attempt.attempt}-${attempt.intentAtUs}`} className="text-ink-2">
                {clockTime(attempt.intentAtUs)} {attempt.direction === 'undo' ? 'undo' : attempt.mode}: <strong className="font-medium text-ink">{attempt.result ?? 'sent, no answer yet'}</strong>{attempt.version === null ? '' : `, now version ${attempt.version}`}{attempt.detail === null ? '' : ` (${attempt.detail})`}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
