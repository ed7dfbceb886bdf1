/** Now: the running world, what hangs on what, and what-ifs on it. Answer, picture, figures, then the line on the time axis. */
'use client';

import { useCallback, useMemo, useState } from 'react';
import { useOfferCommands } from '@/app/_lib/commands/offered-commands';
import { secondsOf, SPEEDS } from '@/app/_lib/live-world/live-world-state';
import { useLiveWorld } from '@/app/_lib/live-world/use-live-world';
import { useTimeCursor, useTimeLine } from '@/app/_lib/time-line/time-line';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { FIRST_QUESTIONS, type FirstQuestion } from '@/app/_lib/what-if/first-questions';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { layOutWorld } from '@/app/_lib/world-map/lay-out-world';
import { readWorld } from '@/app/_lib/world-map/read-world';
import { parseThingId } from '@/app/_lib/world-map/world-ids';
import { Button } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { RingMap } from '@/app/_ui/ring-map/ring-map';
import type { Change } from '@/engine/scenario';
import { BodyInspector } from './body-inspector';
import { ComparisonPanel } from './comparison-panel';
import { describeNow } from './describe-now';
import { Headline } from './headline';
import { KpiStrip } from './kpi-strip';
import { LatencyChart } from './latency-chart';
import { MapKey } from './map-key';
import { p99LimitMs, readKpis } from './read-kpis';
import { centreLines, domainOf, ghostOf, removedNodes, shownFrame } from './shown-second';
import { TryYours } from './try-yours';

export function NowPage() {
  const { world, state, refusedLink } = useLiveWorld();
  const { spec } = state.opened;
  const [cursor, setCursor] = useTimeCursor();
  const [chosenId, setChosenId] = useUrlParam('in');
  const [comparing, setComparing] = useState(false);
  const [unasked, setUnasked] = useState<string | null>(null);
  const layout = useMemo(() => layOutWorld(spec.system), [spec]);
  const limitMs = p99LimitMs(spec);
  const { frames, answer, steps, playing, speed } = state;
  const now = frames.length === 0 ? 0 : secondsOf(frames.at(-1)!);
  const [from, to] = domainOf(now, state, cursor);
  const at = Math.max(from, Math.min(to, cursor ?? now));
  const frame = shownFrame(state, at);
  const before = answer !== null && frame !== null && secondsOf(frame) > answer.step.at ? ghostOf(answer.whatIf.baseline, secondsOf(frame)) : null;
  const removed = useMemo(() => removedNodes(steps.map((step) => step.change)), [steps]);
  const kpis = useMemo(() => (frame === null ? [] : readKpis(spec, frames, frame, answer)), [spec, frames, frame, answer]);
  const p99Ms = kpis.find((kpi) => kpi.key === 'p99')?.value ?? null;
  const model = useMemo(() => (frame === null ? null : { ...readWorld(spec.system, layout, frame, before, removed), centre: centreLines(frame, p99Ms) }), [spec, layout, frame, before, removed, p99Ms]);
  const marks = useMemo(() => steps.map((step) => ({ at: step.at, label: step.change.title })), [steps]);
  const askNow = useCallback(
    (change: Change) => {
      setCursor(null);
      setUnasked(null);
      void world.ask(change);
    },
    [setCursor, world],
  );
  const askFirst = useCallback(
    (ask: FirstQuestion['ask']) => {
      const { frames: known, opened } = world.state.get();
      const latest = known.at(-1);
      if (latest === undefined) return;
      const change = ask(opened.spec.system, latest);
      if (typeof change === 'string') setUnasked(change);
      else askNow(change);
    },
    [world, askNow],
  );
  const transport = useMemo(() => ({ playing, onPlaying: world.setPlaying, speed, speeds: SPEEDS, onSpeed: world.setSpeed }), [world, playing, speed]);
  useTimeLine(useMemo(() => (frames.length === 0 ? null : { from, to, now, events: marks, transport }), [frames.length, from, to, now, marks, transport]));
  useWorkMode('sim', state.opened.name);
  useOfferCommands(
    useMemo(() => FIRST_QUESTIONS.map(({ chip, ask }) => ({ name: `Simulate: ${chip}`, about: 'what-if on the running world', run: () => askFirst(ask) })), [askFirst]),
  );
  const thing = chosenId === null ? null : parseThingId(chosenId);
  const status = frame === null || model === null ? `Starting: ${spec.title}.` : describeNow(frame, model.bodies, p99Ms, limitMs);
  return (
    <div className="flex flex-col gap-3 px-3 py-3 md:px-6">
      <h1 className="sr-only">Now</h1>
      <Headline state={state} status={status} comparing={comparing} onCompare={() => setComparing((was) => !was)} onUndo={() => void world.undo()} onAsk={({ ask }) => askFirst(ask)} />
      {unasked === null ? null : <Notice what={unasked} next="Ask something else, or open a body on the map." />}
      {refusedLink === null ? null : <Notice tone="warning" what="Part of this link was not used." why={refusedLink} next="Ask the question here and share a new link." />}
      {state.problem === null ? null : <Notice tone="error" what={state.problem.what} why={state.problem.why} next={state.problem.next} action={<Button small onClick={() => void world.restart()}>Start again</Button>} />}
      <div className="grid gap-x-6 gap-y-3 lg:grid-cols-[minmax(0,1fr)_336px]">
        <div className="flex h-[400px] flex-col lg:h-[max(400px,calc(100dvh-420px))]">
          {model === null ? <div className="flex-1" /> : <RingMap name={`Orrery of the ${state.opened.name}`} model={model} chosenId={chosenId} onOpen={setChosenId} className="flex-1" />}
          <MapKey ghost={before !== null} />
        </div>
        <div className="grid content-start gap-3 lg:h-[max(400px,calc(100dvh-420px))] lg:overflow-y-auto">
          {frame === null ? null : <KpiStrip kpis={kpis} at={secondsOf(frame)} seed={spec.seed} />}
          {thing !== null && frame !== null ? <BodyInspector thing={thing} system={spec.system} frame={frame} busy={state.asking !== null} onAsk={askNow} onOpen={setChosenId} /> : <TryYours opened={state.opened} />}
        </div>
      </div>
      {comparing && answer !== null ? <ComparisonPanel answer={answer} onClose={() => setComparing(false)} /> : null}
      <div className="-mx-3 px-3 md:-mx-6 md:px-6">
        <LatencyChart frames={frames} answer={answer} marks={marks} limitMs={limitMs} domain={[from, to]} cursor={at} onCursor={setCursor} />
      </div>
    </div>
  );
}
