/** The report as Markdown. Every figure has its unit and its band; what was not measured says so. */
import type { ServerAnswers } from '@/app/_lib/server/trpc';
import { formatNumber } from '@/app/_ui/number-format';

type Parts = { readonly plans: ServerAnswers['plans']['list']; readonly promises: ServerAnswers['promises']['list']; readonly version: string; readonly madeAt: Date };

const cell = (text: string) => text.replace(/[|\n\r]/g, ' ');
const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

export function reportMarkdown({ plans, promises, version, madeAt }: Parts): string {
  const measured = promises.filter((promise) => promise.inside !== null);
  const inside = measured.filter((promise) => promise.inside === true).length;
  return [
    '# Promises and plans',
    '',
    `Orrery ${version}, ${madeAt.toISOString()}.`,
    '',
    measured.length === 0 ? 'No promise was measured yet.' : `${inside} of ${measured.length} measured promises fell inside their bands.`,
    '',
    '## Promises',
    '',
    row(['Plan', 'Promised', 'Predicted', 'Band', 'Measured', 'Kept', 'Effect']),
    row(['---', '---', '---', '---', '---', '---', '---']),
    ...promises.map(({ title, prediction: p, measured: value, inside: kept, verdict }) =>
      row([title, `${p.metric} of ${p.subject}`, `${formatNumber(p.mean)} ${p.unit}`, `${formatNumber(p.lower)} to ${formatNumber(p.upper)} ${p.unit} (${Math.round(p.level * 100)} %, n ${p.runs} runs)`, value === null ? 'not measured' : `${formatNumber(value)} ${p.unit}`, kept === null ? 'open' : kept ? 'inside' : 'outside', verdict ?? 'open']),
    ),
    '',
    '## Plans',
    '',
    row(['Plan', 'State', 'Author', 'Target', 'Id']),
    row(['---', '---', '---', '---', '---']),
    ...plans.map((plan) => row([plan.title, plan.state, plan.author, plan.connector, plan.planId.slice(0, 16)])),
    '',
  ].join('\n');
}
