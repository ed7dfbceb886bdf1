/** Replay: recorded telemetry through the same loop that decides live. What it would have found and done, second by second. */
'use client';

import { useMemo, useState } from 'react';
import { SHIPPED_RECORDINGS } from '@/app/_lib/recording/opened-recording';
import { useTimeCursor, useTimeLine } from '@/app/_lib/time-line/time-line';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Button } from '@/app/_ui/button';
import { IssueList, Notice } from '@/app/_ui/notice';
import { Progress } from '@/app/_ui/progress';
import { DecisionDetail } from './decision-detail';
import { DecisionTape } from './decision-tape';
import { RecordedHosts } from './recorded-hosts';
import { RecordedLines } from './recorded-lines';
import { RecordedTrust } from './recorded-trust';
import { RecordingChooser } from './recording-chooser';
import { lengthSeconds, secondsAt, summarySentence } from './read-decisions';
import { useReplay } from './use-replay';

const STAGE_WORDS = { reading: 'Reading', building: 'Building the series', fitting: 'Fitting a twin on the first two thirds' } as const;

export function ReplayPage() {
  const { opened, state, open, openShipped, play, stop } = useReplay();
  const [cursor, setCursor] = useTimeCursor();
  const [chosenHash, setChosenHash] = useState<string | null>(null);
  const recording = opened?.recording ?? null;
  const decisions = useMemo(() => (state.kind === 'playing' || state.kind === 'done' ? state.decisions : []), [state]);
  const total = recording === null ? 0 : lengthSeconds(recording.frames);
  useWorkMode('replay', recording === null ? 'no recording yet' : recording.manifest.title);
  const events = useMemo(() => (recording === null ? [] : recording.manifest.faults.map((fault) => ({ at: fault.atSeconds, label: `${fault.kind} ${fault.subject}`, tone: 'bad' as const }))), [recording]);
  useTimeLine(useMemo(() => (total === 0 ? null : { from: 0, to: total, now: total, events }), [total, events]));
  const at = cursor ?? total;
  const decision = decisions.find((d) => d.decisionHash === chosenHash) ?? decisions.findLast((d) => recording !== null && secondsAt(d, recording.frames) <= at) ?? decisions[0] ?? null;
  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <header className="grid gap-1">
        <h1 className="text-xl font-medium">{state.kind === 'done' ? summarySentence(state.decisions, state.summary) : 'Would this have been noticed, and what would have been done?'}</h1>
        <p className="text-ink-2">Replay feeds a recording through the loop that decides live. Nothing is sent anywhere.</p>
      </header>
      <RecordingChooser opened={opened} busy={state.kind === 'opening' || state.kind === 'playing'} onShipped={(id) => void openShipped(id)} onFiles={(files) => void open(files)} />
      {state.kind === 'opening' ? <Progress label={`${STAGE_WORDS[state.stage.stage]} ${state.stage.file}`} done={state.stage.done} total={state.stage.total} unit="files" /> : null}
      {state.kind === 'refused' ? <Notice tone="error" what="The recording was not opened" why={<IssueList issues={state.issues} />} /> : null}
      {opened === null || recording === null ? null : (
        <>
          <RecordedTrust opened={opened} />
          <div className="flex flex-wrap items-center gap-3">
            <Button kind="primary" busy={state.kind === 'playing' ? 'Replaying' : null} disabled={state.kind === 'opening'} onClick={() => void play()}>
              {state.kind === 'done' ? 'Replay again' : 'Replay it'}
            </Button>
            <code className="text-sm text-ink-3">npm run --silent orrery -- replay {SHIPPED_RECORDINGS.some(({ id }) => id === recording.manifest.id) ? `fixtures/recordings/${recording.manifest.id}` : 'YOUR-FILE'}</code>
          </div>
          {state.kind === 'playing' ? <Progress label="Recorded time" done={state.doneSeconds} total={state.totalSeconds} unit="s" onStop={stop} /> : null}
          {state.kind === 'done' && state.summary.hostNotes.length > 0 ? (
            <ul className="grid gap-0.5 text-sm text-ink-2" aria-label="Assumed of the recorded hosts">
              {state.summary.hostNotes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          ) : null}
          <RecordedHosts frames={recording.frames} seconds={total} id={recording.manifest.id} cursor={at} onCursor={setCursor} />
          <RecordedLines recording={recording} seconds={total} limits={state.kind === 'done' ? state.summary.policy.objectives : []} cursor={at} onCursor={setCursor} />
          {decisions.length === 0 ? null : (
            <DecisionTape
              decisions={decisions}
              frames={recording.frames}
              chosen={decision}
              onChoose={(chosen) => {
                setChosenHash(chosen.decisionHash);
                setCursor(secondsAt(chosen, recording.frames));
              }}
            />
          )}
          {decision === null ? null : <DecisionDetail decision={decision} at={secondsAt(decision, recording.frames)} />}
          {state.kind === 'done' ? (
            <p className="text-sm text-ink-3">
              {state.summary.turns} turns, decisions hash <code data-testid="decisions-hash">{state.summary.decisionsHash}</code>. The command line gives the same hash.
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}
