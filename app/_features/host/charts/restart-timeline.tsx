/**
 * Restart timeline: one lane per program and future, coloured by what it was doing; below, what happened to the host as a
 * whole (reboots, updates, certificates, changes by hand). Where both futures are one, one lane is enough.
 */
'use client';

import { scaleLinear, type ScaleLinear } from 'd3';
import { TimeLabels } from '@/app/_ui/chart/axes';
import { ChartFrame } from '@/app/_ui/chart/chart-frame';
import { CursorLine } from '@/app/_ui/chart/cursor-line';
import { useWidth } from '@/app/_ui/chart/use-width';
import { formatClock } from '@/app/_ui/time-format';
import type { os } from '@/engine/twin';
import { hostStretches, marksOf, phasesOf, type Mark, type ShownPhase, type Stretch } from './program-phases';
import type { HostFutures } from '../tried/use-host-futures';

const LANE = 22;
const LABEL = 132;
/** What fits; the end says which future it is. */
const LABEL_CHARACTERS = 21;
const RIGHT = 20;
const AXIS = 20;
const COLOUR: Readonly<Record<ShownPhase, string>> = { ready: 'var(--series-1)', starting: 'var(--series-3)', 'not-ready': 'var(--series-4)', stopping: 'var(--series-6)', waiting: 'var(--series-5)', down: 'var(--line-strong)', moved: 'var(--line)', suspended: 'var(--series-2)', off: 'var(--ink)' };
const WORD: Readonly<Record<ShownPhase, string>> = { ready: 'ready', starting: 'starting', 'not-ready': 'running, its probes send clients away', stopping: 'ending what it has in hand', waiting: 'waiting to be started', down: 'down', moved: 'on another host', suspended: 'suspended', off: 'without power' };
const KINDS = Object.keys(COLOUR) as readonly ShownPhase[];

type Row = { readonly label: string; readonly stretches: readonly Stretch[]; readonly marks: readonly Mark[] };

export function RestartTimeline({ asItIs, changed, domain, mark, cursor }: HostFutures & { readonly domain: readonly [number, number]; readonly mark: number; readonly cursor: number | null }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const rows = rowsOf(asItIs, changed, domain[1]);
  const x = scaleLinear([...domain], [LABEL, Math.max(LABEL + 1, width - RIGHT)]);
  const bottom = rows.length * LANE;
  return (
    <ChartFrame title="Restarts" fileName="host-restarts" summary="What each program, and the host, was doing; a tick is an exit, a fault, an update, a reboot or a certificate." data={() => phaseTable(rows)}>
      <div ref={ref} style={{ height: bottom + AXIS }}>
        {width === 0 ? null : (
          <svg data-drawing width={width} height={bottom + AXIS} role="img" aria-label={`Restarts: ${rows.map(({ label, marks }) => `${label} ${marks.length}`).join(', ')} events`} className="block">
            {rows.map((row, i) => (
              <RowLane key={row.label} row={row} x={x} y={i * LANE} />
            ))}
            <line x1={x(mark)} x2={x(mark)} y1="0" y2={bottom} stroke="var(--ink-2)" strokeDasharray="2 2" />
            {cursor === null ? null : <CursorLine px={x(cursor)} area={{ left: LABEL, right: width - RIGHT, top: 0, bottom }} />}
            <TimeLabels x={x} area={{ left: LABEL, right: width - RIGHT, top: 0, bottom }} format={formatClock} />
          </svg>
        )}
      </div>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
        {KINDS.filter((kind) => rows.some(({ stretches }) => stretches.some(({ phase }) => phase === kind))).map((kind) => (
          <li key={kind} className="flex items-center gap-1.5">
            <span className="inline-block size-2.5" style={{ background: COLOUR[kind] }} />
            {WORD[kind]}
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

function RowLane({ row, x, y }: { readonly row: Row; readonly x: ScaleLinear<number, number>; readonly y: number }) {
  return (
    <g transform={`translate(0 ${y})`}>
      <text x="0" y={LANE / 2} dy="0.32em" style={{ fill: 'var(--ink)', fontSize: 12 }}>
        {row.label.length > LABEL_CHARACTERS ? `…${row.label.slice(1 - LABEL_CHARACTERS)}` : row.label}
        <title>{row.label}</title>
      </text>
      {row.stretches.map(({ from, to, phase }) => (
        <rect key={from} x={x(from)} width={Math.max(phase === 'ready' ? 0 : 1.5, x(to) - x(from))} y={phase === 'ready' ? 8 : 5} height={phase === 'ready' ? LANE - 16 : LANE - 10} fill={COLOUR[phase]} />
      ))}
      {row.marks.map(({ at, words }, i) => (
        <line key={`${at} ${i}`} x1={x(at)} x2={x(at)} y1="3" y2={LANE - 3} stroke="var(--bad)" strokeWidth="2">
          <title>{`${formatClock(at)} ${words}`}</title>
        </line>
      ))}
    </g>
  );
}

function rowsOf(asItIs: os.HostPlay, changed: os.HostPlay, end: number): Row[] {
  const row = (play: os.HostPlay, program: string, label: string): Row => ({ label, stretches: phasesOf(play, program, end), marks: marksOf(play, program) });
  const programs = asItIs.programs.flatMap(({ program }) => {
    const [before, after] = [row(asItIs, program, `${program}, as it is`), row(changed, program, `${program}, changed`)];
    return JSON.stringify([before.stretches, before.marks]) === JSON.stringify([after.stretches, after.marks]) ? [{ ...after, label: program }] : [before, after];
  });
  const [before, after] = [marksOf(asItIs, null), marksOf(changed, null)];
  const [slept, sleeps] = [hostStretches(asItIs, end), hostStretches(changed, end)];
  const isSame = JSON.stringify([before, slept]) === JSON.stringify([after, sleeps]);
  const host = isSame ? [{ label: 'the host', marks: after, stretches: sleeps }] : [{ label: 'the host, as it is', marks: before, stretches: slept }, { label: 'the host, changed', marks: after, stretches: sleeps }];
  return [...programs, ...host.filter(({ marks, stretches }) => marks.length + stretches.length > 0)];
}

const phaseTable = (rows: readonly Row[]) => ({
  header: ['who', 'from s', 'to s', 'what'],
  rows: rows.flatMap(({ label, stretches, marks }) => [...stretches.map(({ from, to, phase }) => [label, from, to, WORD[phase]]), ...marks.map(({ at, words }) => [label, at, at, words])]),
});
