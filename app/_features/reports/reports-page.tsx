/** Reports: the promise ledger and the plans as one document, to download as Markdown or print. */
'use client';

import { trpc } from '@/app/_lib/server/trpc';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Button } from '@/app/_ui/button';
import { reportMarkdown } from './report-markdown';

export function ReportsPage() {
  useWorkMode('sim', 'reports');
  const plans = trpc.plans.list.useQuery({ limit: 100 });
  const promises = trpc.promises.list.useQuery({ limit: 500 });
  const health = trpc.health.useQuery();
  const ready = plans.data !== undefined && promises.data !== undefined && health.data !== undefined;
  const text = ready ? reportMarkdown({ plans: plans.data, promises: promises.data, version: health.data.version, madeAt: new Date() }) : '';
  const download = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'orrery-promises.md';
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <header className="flex flex-wrap items-center gap-3" data-no-print>
        <h1 className="text-xl font-medium">Reports</h1>
        <Button disabled={!ready} onClick={download}>Download Markdown</Button>
        <Button disabled={!ready} onClick={() => window.print()}>Print or save as PDF</Button>
      </header>
      <p className="max-w-3xl text-ink-2" data-no-print>What was promised, what was measured, and what became of every plan on this server. Charts of any page are exported from the chart itself.</p>
      <pre aria-label="Report" className="max-w-4xl border-l-2 border-line-strong bg-sheet p-4 text-sm whitespace-pre-wrap">{ready ? text : 'Reading plans and promises.'}</pre>
    </div>
  );
}
