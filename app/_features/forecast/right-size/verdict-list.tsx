/** What became of each variant, in one sentence with its numbers. */
import { Badge, type BadgeTone } from '@/app/_ui/badge';
import type { Verdict, VerdictKind } from '@/engine/scenario';

const LOOK: Readonly<Record<VerdictKind, { readonly tone: BadgeTone; readonly word: string }>> = {
  today: { tone: 'neutral', word: 'today' },
  harmful: { tone: 'bad', word: 'harmful' },
  worse: { tone: 'watch', word: 'worse' },
  saves: { tone: 'good', word: 'saves' },
  'saves nothing': { tone: 'neutral', word: 'saves nothing' },
  'costs more': { tone: 'watch', word: 'costs more' },
};

export function VerdictList({ verdicts }: { readonly verdicts: readonly Verdict[] }) {
  return (
    <dl aria-label="Verdict on each method" className="grid gap-x-3 gap-y-1.5 sm:grid-cols-[max-content_1fr]">
      {verdicts.map(({ variant, kind, sentence }) => (
        <div key={variant} className="grid gap-x-3 sm:col-span-2 sm:grid-cols-subgrid">
          <dt className="flex items-center gap-2 font-medium sm:justify-between">
            {variant} <Badge tone={LOOK[kind].tone}>{LOOK[kind].word}</Badge>
          </dt>
          <dd className="max-w-4xl text-ink-2">{sentence}</dd>
        </div>
      ))}
    </dl>
  );
}
