/** One scenario: change it as a form or as text, run it with a seed, read what came out. */
'use client';

import { useEffect, useMemo, useState } from 'react';
import { scenarioFromText, scenarioToText } from '@/app/_lib/scenario-text/scenario-text';
import { useTimeCursor, useTimeLine } from '@/app/_lib/time-line/time-line';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Button } from '@/app/_ui/button';
import { IssueList, Notice } from '@/app/_ui/notice';
import { Progress } from '@/app/_ui/progress';
import { SegmentedControl, type Segment } from '@/app/_ui/segmented-control';
import type { AskedMode, ScenarioSpec } from '@/engine/scenario';
import type { SpecIssue } from '@/engine/twin';
import { RunResult } from './run-result';
import { ScenarioEditor } from './scenario-editor';
import { useScenarioRun } from './use-scenario-run';

const MODES: readonly Segment<AskedMode>[] = [
  { value: 'auto', label: 'Auto', title: 'Every request, unless that would take minutes and nothing is lost by flows' },
  { value: 'exact', label: 'Every request' },
  { value: 'flow', label: 'As flows', title: 'Queueing formulas instead of single requests: fast, for large systems' },
];

export function ScenarioWorkspace({ shipped }: { readonly shipped: ScenarioSpec }) {
  const [text, setText] = useState('');
  const [read, setRead] = useState<{ readonly spec: ScenarioSpec; readonly issues: readonly SpecIssue[] }>({ spec: shipped, issues: [] });
  const [mode, setMode] = useState<AskedMode>('auto');
  const { run, start, stop } = useScenarioRun();
  useWorkMode('sim', read.spec.title);

  useEffect(() => {
    let current = true;
    void scenarioToText(shipped).then((made) => current && setText((typed) => (typed === '' ? made : typed)));
    return () => {
      current = false;
    };
  }, [shipped]);

  const edit = (next: string) => {
    setText(next);
    void scenarioFromText(next).then((parsed) => setRead((before) => (parsed.ok ? { spec: parsed.value, issues: [] } : { ...before, issues: parsed.error })));
  };
  const change = (changed: ScenarioSpec) => {
    setRead({ spec: changed, issues: [] });
    void scenarioToText(changed).then(setText);
  };

  const report = run.kind === 'done' ? run.report : null;
  const [cursor] = useTimeCursor();
  useTimeLine(
    useMemo(() => (report === null ? null : { from: 0, to: report.simulatedSeconds, now: report.simulatedSeconds, events: report.alarms.slice(0, 40).map((alarm) => ({ at: alarm.atSeconds, label: `${alarm.kind} ${alarm.subject}`, tone: 'bad' as const })) }), [report]),
  );
  return (
    <div className="grid min-w-0 content-start gap-4">
      <header className="grid gap-1">
        <h2 className="text-xl font-medium">{read.spec.question}</h2>
        <p className="text-ink-2">{read.spec.title}</p>
      </header>
      <ScenarioEditor spec={read.spec} text={text} onText={edit} onSpec={change} />
      {read.issues.length === 0 ? null : <IssueList issues={read.issues} label="What is wrong with this scenario" />}
      <div className="flex flex-wrap items-center gap-3">
        <Button kind="primary" disabled={read.issues.length > 0} busy={run.kind === 'running' ? 'Simulating' : null} onClick={() => void start(read.spec, mode)}>
          Simulate
        </Button>
        <SegmentedControl<AskedMode> label="Requests" value={mode} segments={MODES} onChange={setMode} />
        <a className="text-ink-2 underline underline-offset-2 hover:text-ink" href={`/compare?a=${shipped.id}`}>
          Compare variants of it
        </a>
        <code className="ml-auto hidden text-sm text-ink-3 md:block">npm run --silent orrery -- simulate {shipped.id} --seed {read.spec.seed}{mode === 'exact' ? '' : ` --mode ${mode}`}</code>
      </div>
      {run.kind === 'running' ? <Progress label="Simulated time" done={Math.floor(run.doneSeconds)} total={run.totalSeconds} unit="s" onStop={stop} /> : null}
      {run.kind === 'refused' ? <Notice tone="error" what="The scenario was not run" why={<IssueList issues={run.issues} />} /> : null}
      {run.kind === 'done' ? <RunResult report={run.report} spec={read.spec} wallMs={run.wallMs} cursor={cursor} /> : null}
    </div>
  );
}
