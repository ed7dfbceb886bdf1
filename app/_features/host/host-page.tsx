/** Host: one Linux machine under its limits. A change is one number; both futures are lived and shown together. */
'use client';

import Link from 'next/link';
import { useMemo, useState } from 'react';
import { setUrlParams, useUrlParam } from '@/app/_lib/url-state/url-params';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Notice } from '@/app/_ui/notice';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { hostQuestions } from '@/scenarios/hosts';
import { ChangeForm } from './tried/change-form';
import { CpuLanes, mostTasks } from './lanes/cpu-lanes';
import { HostAnswer } from './host-answer';
import { HostCharts } from './charts/host-charts';
import { HostEvents } from './host-events';
import { HostFindings } from './host-findings';
import { HostTrust } from './host-trust';
import { LatencyPartsPanel } from './charts/latency-parts';
import { MemoryLanes } from './lanes/memory-lanes';
import { PressureChart } from './charts/pressure-chart';
import { RestartTimeline } from './charts/restart-timeline';
import { SchedulerStudy } from './study/scheduler-study';
import { timesOf, useHostFutures } from './tried/use-host-futures';
import { useTried } from './tried/use-tried';

const SEED = 7;
/** Over days a lane of cores is a flat line. */
const LANES_SECONDS_MAX = 3_600;

export function HostPage() {
  const [asked] = useUrlParam('host');
  const question = hostQuestions.find(({ id }) => id === asked) ?? hostQuestions[0]!;
  return <HostStudy key={question.id} question={question} onQuestion={(id) => setUrlParams({ host: id, change: null, amount: null, lasts: null })} />;
}

function HostStudy({ question, onQuestion }: { readonly question: (typeof hostQuestions)[number]; readonly onQuestion: (id: string) => void }) {
  const { host } = question;
  const { seconds, changeAtSeconds } = timesOf(question);
  const [tried, setTried] = useTried(question, seconds - changeAtSeconds);
  const [cursor, setCursor] = useState<number | null>(null);
  const { futures, running, problem } = useHostFutures(question, tried, SEED);
  const domain = [0, seconds] as const;
  const shared = { domain, cursor, onCursor: setCursor };
  const marks = [{ at: changeAtSeconds, label: 'fault' in tried ? 'fault' : 'change' }];
  const most = useMemo(() => (futures === null ? 0 : Math.max(mostTasks(futures.asItIs), mostTasks(futures.changed))), [futures]);
  useWorkMode('sim', host.name);
  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <header className="grid gap-2">
        <p className="text-sm text-ink-3">
          <Link href="/twin?lens=os" className="underline underline-offset-2">
            Twin
          </Link>{' '}
          / host {host.name}: {host.cpus} {host.cpus === 1 ? 'CPU' : 'CPUs'}, {host.memoryMib} MiB
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-xl font-medium">{question.title}</h1>
          <SegmentedControl label="Host" value={question.id} segments={hostQuestions.map(({ id, name }) => ({ value: id, label: name }))} onChange={onQuestion} className="ml-auto flex-wrap" />
        </div>
        <p className="max-w-3xl text-ink-2">{question.question}</p>
      </header>
      <section aria-label="Change" className="grid items-end gap-x-6 gap-y-3 border-y border-line bg-sheet px-3 py-3 lg:grid-cols-[auto_minmax(0,1fr)]">
        <ChangeForm host={host} leftSeconds={seconds - changeAtSeconds} tried={tried} onTried={setTried} />
        {futures === null ? <p className="text-ink-2">{problem === null ? 'Living both futures.' : ''}</p> : <HostAnswer {...futures} tried={tried} atSeconds={changeAtSeconds} />}
      </section>
      <HostTrust />
      {problem === null ? null : <Notice tone="error" what="The host did not run." why={problem} next="Reload the page; if it stays, the browser may be out of memory." />}
      {futures === null ? null : (
        <div className="grid gap-5" aria-busy={running} style={{ opacity: running ? 0.6 : 1 }}>
          <LatencyPartsPanel host={host} {...futures} />
          <HostFindings {...futures} />
          {seconds > LANES_SECONDS_MAX ? null : (
            <div className="grid gap-5 xl:grid-cols-2">
              <CpuLanes title="CPU by group, as it is" fileName="host-cpu-as-it-is" play={futures.asItIs} cpus={host.cpus} most={most} mark={null} {...shared} />
              <CpuLanes title="CPU by group, changed" fileName="host-cpu-changed" play={futures.changed} cpus={host.cpus} most={most} mark={changeAtSeconds} {...shared} />
            </div>
          )}
          <PressureChart {...futures} marks={marks} {...shared} />
          <div className="grid gap-5 xl:grid-cols-2">
            <MemoryLanes title="Memory by group, as it is" fileName="host-memory-as-it-is" play={futures.asItIs} memoryMib={host.memoryMib} mark={null} {...shared} />
            <MemoryLanes title="Memory by group, changed" fileName="host-memory-changed" play={futures.changed} memoryMib={host.memoryMib} mark={changeAtSeconds} {...shared} />
          </div>
          <RestartTimeline {...futures} domain={domain} mark={changeAtSeconds} cursor={cursor} />
          <HostCharts {...futures} changeAtSeconds={changeAtSeconds} marks={marks} {...shared} />
          <HostEvents play={futures.changed} />
          <p className="max-w-3xl text-sm text-ink-3">
            The CPUs follow the kernel’s own rules (EEVDF in groups, CFS bandwidth, balancing), memory its charging, reclaim and OOM choice. How close that comes to measured Linux is printed by{' '}
            <code>npm run --silent orrery -- fidelity host DIR</code>. The hosts here are invented; seed {SEED}.
          </p>
        </div>
      )}
      <SchedulerStudy />
    </div>
  );
}
