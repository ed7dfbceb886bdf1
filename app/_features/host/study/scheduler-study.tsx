/** One CPU, the same tasks, several schedulers side by side: who gets how much, how soon an editor answers, who starves for how long. */
'use client';

import { useMemo, useState } from 'react';
import { ChartFrame } from '@/app/_ui/chart/chart-frame';
import { formatNumber } from '@/app/_ui/number-format';
import { NumberField } from '@/app/_ui/number-field';
import { STUDIED, studySchedulers, type StudyResult } from '@/engine/twin';
import { EDITOR, STUDY_SECONDS, studyTasks, USUAL_MIX, type StudyMix } from './study-tasks';

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)', 'var(--series-6)'];
const EDITOR_COLOUR = 'var(--ink)';

type Task = StudyResult['tasks'][number];

const colourOf = ({ name }: Task, i: number) => (name === EDITOR ? EDITOR_COLOUR : COLOURS[i % COLOURS.length]!);
const percentOf = ({ cpuUs }: Task) => cpuUs / STUDY_SECONDS / 1e4;
const ms = (us: number) => formatNumber(us / 1_000, us < 100_000 ? 1 : 0);
const editorOf = ({ tasks }: StudyResult) => tasks.find(({ name }) => name === EDITOR)!;
const hungriestOf = ({ tasks }: StudyResult) => tasks.reduce((worst, task) => (task.longestStarvedUs > worst.longestStarvedUs ? task : worst));

export function SchedulerStudy() {
  const [mix, setMix] = useState<StudyMix>(USUAL_MIX);
  const results = useMemo(() => studySchedulers(studyTasks(mix), STUDIED, STUDY_SECONDS * 1e6), [mix]);
  const change = (key: keyof StudyMix) => (value: number) => setMix({ ...mix, [key]: value });
  return (
    <section aria-label="Schedulers side by side" className="grid gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap items-end gap-3">
        <h2 className="w-full text-lg font-medium md:w-auto md:flex-1 md:self-center">Who waits under which scheduler</h2>
        <NumberField label="Loops that never stop" value={mix.loops} min={1} max={12} whole className="w-36" onValue={change('loops')} />
        <NumberField label="Nice of the last one" value={mix.lastNice} min={-20} max={19} whole className="w-36" onValue={change('lastNice')} />
        <NumberField label="The editor wakes every" unit="ms" value={mix.everyMs} min={2} max={1_000} className="w-44" onValue={change('everyMs')} />
        <NumberField label="and works" unit="ms" value={mix.workMs} min={0.1} max={1_000} className="w-32" onValue={change('workMs')} />
      </div>
      <ChartFrame title="Schedulers side by side" bare fileName="scheduler-study" summary={`One CPU for ${STUDY_SECONDS} s. Bars: its time by task.`} legend={<Legend tasks={results[0]!.tasks} />} data={() => tableOf(results)}>
        <ul className="grid gap-2">
          {results.map((result) => (
            <PolicyRow key={result.policy} result={result} />
          ))}
        </ul>
      </ChartFrame>
      <p className="max-w-3xl text-sm text-ink-3">
        A scheduler of your own stands beside these with <code>npm run --silent orrery -- study schedulers TASKS --policy MODULE</code>: three functions, which one, for how long, and who may interrupt whom.
      </p>
    </section>
  );
}

function PolicyRow({ result }: { readonly result: StudyResult }) {
  const [editor, hungriest] = [editorOf(result), hungriestOf(result)];
  const answers = editor.done === 0 ? 'the editor never answers' : `editor answers in ${ms(editor.meanResponseUs)} ms, at worst ${ms(editor.worstResponseUs)}`;
  return (
    <li className="grid gap-x-4 gap-y-0.5 md:grid-cols-[15rem_minmax(0,1fr)_minmax(0,30rem)] md:items-center">
      <span>{result.policy}</span>
      <svg data-drawing viewBox="0 0 100 10" preserveAspectRatio="none" className="block h-4 w-full" role="img" aria-label={`${result.policy}: ${result.tasks.map((task) => `${task.name} ${formatNumber(percentOf(task), 0)} %`).join(', ')}`}>
        <TaskBars tasks={result.tasks} />
      </svg>
      <span className="text-sm text-ink-2">
        {answers} · {hungriest.longestStarvedUs === 0 ? 'nobody waits' : `longest wait: ${hungriest.name}, ${ms(hungriest.longestStarvedUs)} ms`}
      </span>
    </li>
  );
}

function TaskBars({ tasks }: { readonly tasks: readonly Task[] }) {
  const starts = tasks.map((_, i) => tasks.slice(0, i).reduce((sum, task) => sum + percentOf(task), 0));
  return tasks.map((task, i) => <rect key={task.name} x={starts[i]} width={percentOf(task)} height="10" fill={colourOf(task, i)} stroke="var(--paper)" strokeWidth="0.3" />);
}

function Legend({ tasks }: { readonly tasks: readonly Task[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
      {tasks.map((task, i) => (
        <li key={task.name} className="flex items-center gap-1.5">
          <span className="inline-block size-2.5" style={{ background: colourOf(task, i) }} />
          {task.name}
        </li>
      ))}
    </ul>
  );
}

const tableOf = (results: readonly StudyResult[]) => ({
  header: ['policy', 'task', 'CPU (%)', 'answers', 'mean response (ms)', 'worst response (ms)', 'longest without the CPU (ms)'],
  rows: results.flatMap(({ policy, tasks }) => tasks.map((task) => [policy, task.name, percentOf(task), task.done, task.done === 0 ? null : task.meanResponseUs / 1_000, task.done === 0 ? null : task.worstResponseUs / 1_000, task.longestStarvedUs / 1_000])),
});
