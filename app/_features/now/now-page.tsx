/** Now: the running world, what hangs on what, and what-ifs on it. Answer, picture, figures, then the line on the time axis. */
'use client';

import { useMemo, useState } from 'react';
import { useOfferCommands } from '@/app/_lib/commands/offered-commands';
import { frameAt, HORIZON_SECONDS, secondsOf, SPEEDS, type LiveWorldState } from '@/app/_lib/live-world/live-world-state';
import { useLiveWorld } from '@/app/_lib/live-world/use-live-world';
import { useTimeCursor, useTimeLine } from '@/app/_lib/time-line/time-line';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { FIRST_QUESTIONS } from '@/app/_lib/what-if/first-questions';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { layOutWorld } from '@/app/_lib/world-map/lay-out-world';
import { readWorld } from '@/app/_lib/world-map/read-world';
import { parseThingId } from '@/app/_lib/world-map/world-ids';
import { Button } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { RingMap } from '@/app/_ui/ring-map/ring-map';
import type { Frame } from '@/engine/telemetry';
import { BodyInspector } from './body-inspector';
import { ComparisonPanel } from './comparison-panel';
import { describeNow } from './describe-now';
import { Headline } from './headline';
import { KpiStrip } from './kpi-strip';
import { LatencyChart } from './latency-chart';
import { MapKey } from './map-key';
import { p99LimitMs, readKpis } from './read-kpis';
import { TryYours } from './try-yours';

const SHOWN_SECONDS = 150;

/** Seconds shown: the recent past, and the horizon of an answer while it lasts. */
function domainOf(now: number, { answer }: LiveWorldState): readonly [number, number] {
  const ahead = answer === null ? 0 : answer.step.at + HORIZON_SECONDS;
  const to = Math.max(now + 10, ahead);
  return [Math.max(0, to - SHOWN_SECONDS), to];
}

/** The second under the cursor: as it went, or beyond now as the change predicts it. */
function shownFrame({ frames, answer }: LiveWorldState, at: number): Frame | null {
  const last = frames.at(-1);
  if (last !== undefined && at > secondsOf(last) && answer !== null) return frameAt(answer.whatIf.variant, at) ?? last;
  return frameAt(frames, at) ?? frames[0] ?? null;
}

export function NowPage() {
  const { world, state } = useLiveWorld();
  const { spec } = world;
  const [cursor, setCursor] = useTimeCursor();
  const [chosenId, setChosenId] = useUrlParam('in');
  const [comparing, setComparing] = useState(false);
  const layout = useMemo(() => layOutWorld(spec.system), [spec]);
  const limitMs = p99LimitMs(spec);
  const { frames, answer, steps, playing, speed } = state;
  const now = frames.length === 0 ? 0 : secondsOf(frames.at(-1)!);
  const [from, to] = domainOf(now, state);
  const at = Math.max(from, Math.min(to, cursor ?? now));
  const frame = shownFrame(state, at);
  const before = answer !== null && frame !== null && secondsOf(frame) > answer.step.at ? ghostOf(answer.whatIf.baseline, secondsOf(frame)) : null;
  const model = useMemo(() => (frame === null ? null : readWorld(spec.system, layout, frame, before)), [spec, layout, frame, before]);
  const marks = useMemo(() => steps.map((step) => ({ at: step.at, label: step.change.title })), [steps]);
  const transport = useMemo(() => ({ playing, onPlaying: world.setPlaying, speed, speeds: SPEEDS, onSpeed: world.setSpeed }), [world, playing, speed]);
  useTimeLine(useMemo(() => (frames.length === 0 ? null : { from, to, now, events: marks, transport }), [frames.length, from, to, now, marks, transport]));
  useWorkMode('sim', 'demo world');
  useOfferCommands(
    useMemo(() => FIRST_QUESTIONS.map(({ chip, ask }) => ({ name: `Simulate: ${chip}`, about: 'what-if on the running world', run: () => frame !== null && void world.ask(ask(spec.system, frame)) })), [world, spec, frame]),
  );
  const latest = frames.at(-1) ?? null;
  const thing = chosenId === null ? null : parseThingId(chosenId);
  const status = frame === null || model === null ? 'Starting a demo world: a shop on six nodes in three zones, behind a neighbourhood mesh.' : describeNow(frame, model.bodies, limitMs);
  const askNow = (change: Parameters<typeof world.ask>[0]) => {
    setCursor(null);
    void world.ask(change);
  };
  return (
    <div className="flex min-h-full flex-col gap-3 px-3 py-3 md:px-6">
      <h1 className="sr-only">Now</h1>
      <Headline state={state} status={status} comparing={comparing} onCompare={() => setComparing((was) => !was)} onUndo={() => void world.undo()} onAsk={({ ask }) => latest !== null && askNow(ask(spec.system, latest))} />
      {state.problem === null ? null : <Notice tone="error" what={state.problem.what} why={state.problem.why} next={state.problem.next} action={<Button small onClick={() => void world.restart()}>Start again</Button>} />}
      <div className="grid min-h-0 flex-1 gap-x-6 gap-y-3 lg:grid-cols-[minmax(0,1fr)_336px]">
        <div className="flex min-h-[360px] flex-col">
          {model === null ? <div className="flex-1" /> : <RingMap name="Orrery of the demo world" model={model} chosenId={chosenId} onOpen={setChosenId} className="flex-1" />}
          <MapKey ghost={before !== null} />
        </div>
        <div className="grid content-start gap-3">
          {frame === null ? null : <KpiStrip kpis={readKpis(spec, frames, frame, answer)} at={secondsOf(frame)} />}
          {thing !== null && frame !== null ? <BodyInspector thing={thing} system={spec.system} frame={frame} busy={state.asking !== null} onAsk={askNow} onOpen={setChosenId} /> : <TryYours />}
        </div>
      </div>
      {comparing && answer !== null ? <ComparisonPanel answer={answer} onClose={() => setComparing(false)} /> : null}
      <div className="-mx-3 px-3 md:-mx-6 md:px-6">
        <LatencyChart frames={frames} answer={answer} marks={marks} limitMs={limitMs} domain={[from, to]} cursor={at} onCursor={setCursor} />
      </div>
    </div>
  );
}

/** The baseline at the same second; null once its horizon is over. */
function ghostOf(baseline: readonly Frame[], at: number): Frame | null {
  const last = baseline.at(-1);
  return last === undefined || at > secondsOf(last) ? null : frameAt(baseline, at);
}
